using JubileeVerse.Queues;

namespace JubileeVerse.Gateway.Queues.Responses;

internal sealed record QueueResponse(QueueStatus Queue);
