using JubileeVerse.Gateway.Errors;
using JubileeVerse.Gateway.Operations;
using JubileeVerse.Queues;

namespace JubileeVerse.Gateway.Queues;

/// <summary>Queues, for admins.</summary>
internal static class QueueEndpoints
{
    public static void MapQueues(this RouteGroupBuilder admin)
    {
        var queues = admin.MapGroup("/queues");
        queues.MapGet("", ListAsync).Produces<QueueListAnswer>();
        queues.MapGet("/{name}", GetAsync).Produces<QueueAnswer>();
        queues.MapPost("/{name}/pause", PauseAsync).Produces<QueueAnswer>().Audited("queue-pause");
        queues.MapPost("/{name}/resume", ResumeAsync).Produces<QueueAnswer>().Audited("queue-resume");
        queues.MapPut("/{name}/limits", SetLimitsAsync).Produces<QueueAnswer>().Audited("queue-limits");
        queues.MapPost("/{name}/drain", DrainAsync).Produces<QueueAnswer>().Audited("queue-drain");
        queues.MapPost("/{name}/clean", CleanAsync).Produces<CleanedAnswer>().Audited("queue-clean");
        queues.MapPost("/{name}/obliterate", ObliterateAsync).Produces<QueueAnswer>().Audited("queue-obliterate");
        queues.MapJobs();
        queues.MapSchedules();
    }

    private static async Task<IResult> ListAsync(IGrainFactory grains, CancellationToken cancellationToken)
    {
        var names = await new AdministeredQueues(grains).Queries.NamesAsync(cancellationToken);
        return Results.Ok(new QueueListAnswer(
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
        var queue = await new AdministeredQueues(grains).AdminAsync(name, cancellationToken);
        return Results.Ok(new QueueAnswer(await queue.ChangeLimitsAsync(request.ToChange(), cancellationToken)));
    }

    private static async Task<IResult> DrainAsync(
        string name, DrainRequest? request, IGrainFactory grains, CancellationToken cancellationToken)
    {
        var queue = await new AdministeredQueues(grains).AdminAsync(name, cancellationToken);
        return Results.Ok(new QueueAnswer(await queue.DrainAsync(request?.Delayed ?? false, cancellationToken)));
    }

    private static async Task<IResult> CleanAsync(
        string name, CleanRequest request, IGrainFactory grains, CancellationToken cancellationToken)
    {
        request.ThrowIfInvalid();
        var queue = await new AdministeredQueues(grains).AdminAsync(name, cancellationToken);
        return Results.Ok(new CleanedAnswer(await queue.CleanAsync(request.EndedState, request.Grace, request.Count, cancellationToken)));
    }

    private static async Task<IResult> ObliterateAsync(
        string name, ObliterateRequest? request, IGrainFactory grains, CancellationToken cancellationToken)
    {
        var queue = await new AdministeredQueues(grains).AdminAsync(name, cancellationToken);
        return Results.Ok(new QueueAnswer(await queue.ObliterateAsync(request?.Force ?? false, cancellationToken)));
    }

    private static async Task<IResult> OnQueueAsync(
        string name, IGrainFactory grains, Func<IQueueGrain, Task<QueueStatus>> act, CancellationToken cancellationToken) =>
        Results.Ok(new QueueAnswer(await act(await new AdministeredQueues(grains).QueueAsync(name, cancellationToken))));
}
