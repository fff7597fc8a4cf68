namespace JubileeVerse.Gateway.Queues.Responses;

internal sealed record ScheduleResponse(ScheduleBody Schedule);
