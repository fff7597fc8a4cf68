using JubileeVerse.Gateway.Operations;

namespace JubileeVerse.Gateway.Queues.Requests;

/// <param name="Force">True also obliterates a queue with running jobs, which are cancelled. Default false.</param>
internal sealed record ObliterateRequest(bool? Force) : IAuditedRequest;
