using System.Collections.Immutable;
using JubileeVerse.Queues.Jobs;

namespace JubileeVerse.Gateway.Queues.Responses;

internal sealed record JobListResponse(ImmutableArray<JobView> Jobs, string? Next);
