using JubileeVerse.Gateway.Errors;
using JubileeVerse.Gateway.Operations;
using JubileeVerse.Gateway.Queues.Requests;
using JubileeVerse.Gateway.Queues.Responses;
using JubileeVerse.Queues;

namespace JubileeVerse.Gateway.Queues;

/// <summary>Admin endpoints for a queue's recurring jobs.</summary>
internal static class ScheduleEndpoints
{
    public static void MapSchedules(this RouteGroupBuilder queues)
    {
        queues.MapGet("/{name}/schedules", ListAsync).Produces<ScheduleListResponse>();
        queues.MapGet("/{name}/schedules/{id}", GetAsync).Produces<ScheduleResponse>();
        queues.MapPut("/{name}/schedules/{id}", PutAsync).Produces<ScheduleResponse>().Audited("schedule-put");
        queues.MapDelete("/{name}/schedules/{id}", DeleteAsync).Produces(StatusCodes.Status204NoContent).Audited("schedule-remove");
    }

    private static async Task<IResult> ListAsync(string name, IGrainFactory grains, CancellationToken cancellationToken) =>
        await SchedulesAsync(grains, name, cancellationToken) is { } schedules
            ? Results.Ok(new ScheduleListResponse([.. (await schedules.ListAsync(cancellationToken)).Select(ScheduleBody.From)]))
            : ProblemResult.NotFound("queue");

    private static async Task<IResult> GetAsync(string name, string id, IGrainFactory grains, CancellationToken cancellationToken)
    {
        if (await SchedulesAsync(grains, name, cancellationToken) is not { } schedules)
            return ProblemResult.NotFound("queue");
        return await schedules.FindAsync(id, cancellationToken) is { } found
            ? Results.Ok(new ScheduleResponse(ScheduleBody.From(found)))
            : ProblemResult.NotFound("schedule");
    }

    private static async Task<IResult> PutAsync(
        string name, string id, ScheduleRequest request, IGrainFactory grains, CancellationToken cancellationToken)
    {
        request.ThrowIfInvalid();
        return await SchedulesAsync(grains, name, cancellationToken) is { } schedules
            ? Results.Ok(new ScheduleResponse(ScheduleBody.From(await schedules.UpsertAsync(request.ToSchedule(id), cancellationToken))))
            : ProblemResult.NotFound("queue");
    }

    private static async Task<IResult> DeleteAsync(string name, string id, IGrainFactory grains, CancellationToken cancellationToken)
    {
        if (await SchedulesAsync(grains, name, cancellationToken) is not { } schedules)
            return ProblemResult.NotFound("queue");
        return await schedules.RemoveAsync(id, cancellationToken) ? Results.NoContent() : ProblemResult.NotFound("schedule");
    }

    /// <summary>Null for an unknown queue. The name is checked first, because a call to the grain would activate it for any name.</summary>
    private static async Task<IQueueSchedulesGrain?> SchedulesAsync(
        IGrainFactory grains, string name, CancellationToken cancellationToken) =>
        (await grains.GetGrain<IQueueQueriesGrain>(0).NamesAsync(cancellationToken)).Contains(name)
            ? grains.GetGrain<IQueueSchedulesGrain>(name)
            : null;
}
