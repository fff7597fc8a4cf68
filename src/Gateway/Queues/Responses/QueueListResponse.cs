using System.Collections.Immutable;
using JubileeVerse.Queues;

namespace JubileeVerse.Gateway.Queues.Responses;

internal sealed record QueueListResponse(ImmutableArray<QueueStatus> Queues);
