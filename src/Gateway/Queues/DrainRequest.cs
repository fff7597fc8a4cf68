using JubileeVerse.Gateway.Operations;

namespace JubileeVerse.Gateway.Queues;

/// <param name="Delayed">True: also what is delayed.</param>
internal sealed record DrainRequest(bool? Delayed) : IAuditedRequest;
