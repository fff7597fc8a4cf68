using System.Collections.Immutable;
using JubileeVerse.Queues;

namespace JubileeVerse.Gateway.Queues;

internal sealed record QueueListAnswer(ImmutableArray<QueueStatus> Queues);

internal sealed record QueueAnswer(QueueStatus Queue);

internal sealed record CleanedAnswer(ImmutableArray<JobId> Ids);

internal sealed record JobListAnswer(ImmutableArray<JobView> Jobs, string? Next);

internal sealed record JobAnswer(JobView Job);
