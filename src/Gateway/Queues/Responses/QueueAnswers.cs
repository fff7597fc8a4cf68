using System.Collections.Immutable;
using JubileeVerse.Queues;
using JubileeVerse.Queues.Jobs;

namespace JubileeVerse.Gateway.Queues.Responses;

internal sealed record QueueListResponse(ImmutableArray<QueueStatus> Queues);

internal sealed record QueueResponse(QueueStatus Queue);

internal sealed record CleanResponse(ImmutableArray<JobId> Ids);

internal sealed record JobListResponse(ImmutableArray<JobView> Jobs, string? Next);

internal sealed record JobResponse(JobView Job);
