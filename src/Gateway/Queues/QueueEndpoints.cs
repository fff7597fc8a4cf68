using JubileeVerse.Gateway.Errors;
using JubileeVerse.Gateway.Operations;
using JubileeVerse.Gateway.Queues.Requests;
using JubileeVerse.Gateway.Queues.Responses;
using JubileeVerse.Queues;

namespace JubileeVerse.Gateway.Queues;

/// <summary>Admin endpoints for queues.</summary>
internal static class QueueEndpoints
{
    public static void MapQueues(this RouteGroupBuilder admin)
    {
        var queues = admin.MapGroup("/queues");
        queues.MapGet("", ListAsync).Produces<QueueListResponse>();
        queues.MapGet("/{name}", GetAsync).Produces<QueueResponse>();
        queues.MapPost("/{name}/pause", PauseAsync).Produces<QueueResponse>().Audited("queue-pause");
        queues.MapPost("/{name}/resume", ResumeAsync).Produces<QueueResponse>().Audited("queue-resume");
        queues.MapPut("/{name}/limits", SetLimitsAsync).Produces<QueueResponse>().Audited("queue-limits");
        queues.MapPost("/{name}/drain", DrainAsync).Produces<QueueResponse>().Audited("queue-drain");
        queues.MapPost("/{name}/clean", CleanAsync).Produces<CleanResponse>().Audited("queue-clean");
        queues.MapPost("/{name}/obliterate", ObliterateAsync).Produces<QueueResponse>().Audited("queue-obliterate");
        queues.MapJobs();
        queues.MapSchedules();
    }

    private static async Task<IResult> ListAsync(IGrainFactory grains, CancellationToken cancellationToken)
    {
        var names = await new QueueLookup(grains).Queries.NamesAsync(cancellationToken);
        return Results.Ok(new QueueListResponse(
            [.. await Task.WhenAll(names.Select(name => grains.GetGrain<IQueueGrain>(name).GetAsync(cancellationToken)))]));
    }

    private static Task<IResult> GetAsync(string name, IGrainFactory grains, CancellationToken cancellationToken) =>
        OnQueueAsync(name, grains, queue => queue.GetAsync(cancellationToken), cancellationToken);

    private static Task<IResult> PauseAsync(string name, IGrainFactory grains, CancellationToken cancellationToken) =>
        OnQueueAsync(name, grains, queue => queue.PauseAsync(cancellationToken), cancellationToken);

    private static Task<IResult> ResumeAsync(string name, IGrainFactory grains, CancellationToken cancellationToken) =>
        OnQueueAsync(name, grains, queue => queue.ResumeAsync(cancellationToken), cancellationToken);

    private static async Task<IResult> SetLimitsAsync(
        string name, LimitsRequest request, IGrainFactory grains, CancellationToken cancellationToken)
    {
        request.ThrowIfInvalid();
        var queue = await new QueueLookup(grains).GetAdminAsync(name, cancellationToken);
        return Results.Ok(new QueueResponse(await queue.ChangeLimitsAsync(request.ToChange(), cancellationToken)));
    }

    private static async Task<IResult> DrainAsync(
        string name, DrainRequest? request, IGrainFactory grains, CancellationToken cancellationToken)
    {
        var queue = await new QueueLookup(grains).GetAdminAsync(name, cancellationToken);
        return Results.Ok(new QueueResponse(await queue.DrainAsync(request?.Delayed ?? false, cancellationToken)));
    }

    private static async Task<IResult> CleanAsync(
        string name, CleanRequest request, IGrainFactory grains, CancellationToken cancellationToken)
    {
        request.ThrowIfInvalid();
        var queue = await new QueueLookup(grains).GetAdminAsync(name, cancellationToken);
        return Results.Ok(new CleanResponse(await queue.CleanAsync(request.EndedState, request.Grace, request.Count, cancellationToken)));
    }

    private static async Task<IResult> ObliterateAsync(
        string name, ObliterateRequest? request, IGrainFactory grains, CancellationToken cancellationToken)
    {
        var queue = await new QueueLookup(grains).GetAdminAsync(name, cancellationToken);
        return Results.Ok(new QueueResponse(await queue.ObliterateAsync(request?.Force ?? false, cancellationToken)));
    }

    private static async Task<IResult> OnQueueAsync(
        string name, IGrainFactory grains, Func<IQueueGrain, Task<QueueStatus>> act, CancellationToken cancellationToken) =>
        Results.Ok(new QueueResponse(await act(await new QueueLookup(grains).GetQueueAsync(name, cancellationToken))));
}
