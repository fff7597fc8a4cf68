using JubileeVerse.Gateway.Operations;

namespace JubileeVerse.Gateway.Queues.Requests;

/// <param name="Delayed">True also removes delayed jobs. Default false.</param>
internal sealed record DrainRequest(bool? Delayed) : IAuditedRequest;
