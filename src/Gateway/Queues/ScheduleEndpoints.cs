using JubileeVerse.Gateway.Errors;
using JubileeVerse.Gateway.Operations;
using JubileeVerse.Gateway.Queues.Requests;
using JubileeVerse.Gateway.Queues.Responses;
using Microsoft.AspNetCore.Http.HttpResults;

namespace JubileeVerse.Gateway.Queues;

/// <summary>Admin endpoints for a queue's recurring jobs.</summary>
internal static class ScheduleEndpoints
{
    public static void MapSchedules(this RouteGroupBuilder queues)
    {
        queues.MapGet("/{name}/schedules", ListAsync);
        queues.MapGet("/{name}/schedules/{id}", GetAsync);
        queues.MapPut("/{name}/schedules/{id}", PutAsync).Audited("schedule-put");
        queues.MapDelete("/{name}/schedules/{id}", DeleteAsync).Audited("schedule-remove");
    }

    private static async Task<Ok<ScheduleListResponse>> ListAsync(
        string name, QueueLookup queues, CancellationToken cancellationToken)
    {
        var schedules = await queues.GetSchedulesAsync(name, cancellationToken);
        return TypedResults.Ok(new ScheduleListResponse([.. (await schedules.ListAsync(cancellationToken)).Select(ScheduleBody.From)]));
    }

    private static async Task<Results<Ok<ScheduleResponse>, ProblemResult>> GetAsync(
        string name, string id, QueueLookup queues, CancellationToken cancellationToken)
    {
        var schedules = await queues.GetSchedulesAsync(name, cancellationToken);
        return await schedules.FindAsync(id, cancellationToken) is { } found
            ? TypedResults.Ok(new ScheduleResponse(ScheduleBody.From(found)))
            : ProblemResult.NotFound("schedule");
    }

    private static async Task<Ok<ScheduleResponse>> PutAsync(
        string name, string id, ScheduleRequest request, QueueLookup queues, CancellationToken cancellationToken)
    {
        request.ThrowIfInvalid();
        var schedules = await queues.GetSchedulesAsync(name, cancellationToken);
        return TypedResults.Ok(
            new ScheduleResponse(ScheduleBody.From(await schedules.UpsertAsync(request.ToSchedule(id), cancellationToken))));
    }

    private static async Task<Results<NoContent, ProblemResult>> DeleteAsync(
        string name, string id, QueueLookup queues, CancellationToken cancellationToken)
    {
        var schedules = await queues.GetSchedulesAsync(name, cancellationToken);
        return await schedules.RemoveAsync(id, cancellationToken) ? TypedResults.NoContent() : ProblemResult.NotFound("schedule");
    }
}
