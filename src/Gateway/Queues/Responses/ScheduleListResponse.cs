using System.Collections.Immutable;

namespace JubileeVerse.Gateway.Queues.Responses;

internal sealed record ScheduleListResponse(ImmutableArray<ScheduleBody> Schedules);
