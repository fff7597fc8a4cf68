using JubileeVerse.Gateway.Errors;
using JubileeVerse.Gateway.Operations;
using JubileeVerse.Queues;

namespace JubileeVerse.Gateway.Queues;

/// <summary>Jobs of a queue that return.</summary>
internal static class ScheduleEndpoints
{
    public static void MapSchedules(this RouteGroupBuilder queues)
    {
        queues.MapGet("/{name}/schedules", ListAsync).Produces<ScheduleListAnswer>();
        queues.MapGet("/{name}/schedules/{id}", GetAsync).Produces<ScheduleAnswer>();
        queues.MapPut("/{name}/schedules/{id}", PutAsync).Produces<ScheduleAnswer>().Audited("schedule-put");
        queues.MapDelete("/{name}/schedules/{id}", DeleteAsync).Produces(StatusCodes.Status204NoContent).Audited("schedule-remove");
    }

    private static async Task<IResult> ListAsync(string name, IGrainFactory grains, CancellationToken cancellationToken) =>
        await SchedulesAsync(grains, name, cancellationToken) is { } schedules
            ? Results.Ok(new ScheduleListAnswer([.. (await schedules.ListAsync(cancellationToken)).Select(ScheduleBody.Of)]))
            : ProblemResult.NotFound("queue");

    private static async Task<IResult> GetAsync(string name, string id, IGrainFactory grains, CancellationToken cancellationToken)
    {
        if (await SchedulesAsync(grains, name, cancellationToken) is not { } schedules)
            return ProblemResult.NotFound("queue");
        return await schedules.FindAsync(id, cancellationToken) is { } found
            ? Results.Ok(new ScheduleAnswer(ScheduleBody.Of(found)))
            : ProblemResult.NotFound("schedule");
    }

    private static async Task<IResult> PutAsync(
        string name, string id, ScheduleRequest request, IGrainFactory grains, CancellationToken cancellationToken)
    {
        request.ThrowIfInvalid();
        return await SchedulesAsync(grains, name, cancellationToken) is { } schedules
            ? Results.Ok(new ScheduleAnswer(ScheduleBody.Of(await schedules.UpsertAsync(request.ToSchedule(id), cancellationToken))))
            : ProblemResult.NotFound("queue");
    }

    private static async Task<IResult> DeleteAsync(string name, string id, IGrainFactory grains, CancellationToken cancellationToken)
    {
        if (await SchedulesAsync(grains, name, cancellationToken) is not { } schedules)
            return ProblemResult.NotFound("queue");
        return await schedules.RemoveAsync(id, cancellationToken) ? Results.NoContent() : ProblemResult.NotFound("schedule");
    }

    /// <summary>Asks for the name first: a grain would come into being for any.</summary>
    private static async Task<IQueueSchedules?> SchedulesAsync(IGrainFactory grains, string name, CancellationToken cancellationToken) =>
        (await grains.GetGrain<IQueueQueries>(0).NamesAsync(cancellationToken)).Contains(name) ? grains.GetGrain<IQueueSchedules>(name) : null;
}
