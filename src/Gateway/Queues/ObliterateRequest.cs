using JubileeVerse.Gateway.Operations;

namespace JubileeVerse.Gateway.Queues;

/// <param name="Force">True: also while jobs run, which are told to stop.</param>
internal sealed record ObliterateRequest(bool? Force) : IAuditedRequest;
