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
        queues.MapPost("/{name}/pause", PauseAsync).Produces<QueueAnswer>();
        queues.MapPost("/{name}/resume", ResumeAsync).Produces<QueueAnswer>();
        queues.MapJobs();
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

    private static async Task<IResult> OnQueueAsync(
        string name, IGrainFactory grains, Func<IQueueGrain, Task<QueueStatus>> act, CancellationToken cancellationToken) =>
        Results.Ok(new QueueAnswer(await act(await new AdministeredQueues(grains).QueueAsync(name, cancellationToken))));
}
