using JubileeVerse.Gateway.Errors;
using JubileeVerse.Gateway.Operations;
using JubileeVerse.Gateway.Queues.Requests;
using JubileeVerse.Gateway.Queues.Responses;
using JubileeVerse.Queues;
using Microsoft.AspNetCore.Http.HttpResults;

namespace JubileeVerse.Gateway.Queues;

/// <summary>Admin endpoints for queues.</summary>
internal static class QueueEndpoints
{
    public static void MapQueues(this RouteGroupBuilder admin)
    {
        var queues = admin.MapGroup("/queues");
        queues.MapGet("", ListAsync);
        queues.MapGet("/{name}", GetAsync);
        queues.MapPost("/{name}/pause", PauseAsync).Audited("queue-pause");
        queues.MapPost("/{name}/resume", ResumeAsync).Audited("queue-resume");
        queues.MapPut("/{name}/limits", SetLimitsAsync).Audited("queue-limits");
        queues.MapPost("/{name}/drain", DrainAsync).Audited("queue-drain");
        queues.MapPost("/{name}/clean", CleanAsync).Audited("queue-clean");
        queues.MapPost("/{name}/obliterate", ObliterateAsync).Audited("queue-obliterate");
        queues.MapJobs();
        queues.MapSchedules();
    }

    private static async Task<Ok<QueueListResponse>> ListAsync(
        QueueLookup queues, IGrainFactory grains, CancellationToken cancellationToken)
    {
        var names = await queues.Queries.NamesAsync(cancellationToken);
        return TypedResults.Ok(new QueueListResponse(
            [.. await Task.WhenAll(names.Select(name => grains.GetGrain<IQueueGrain>(name).GetAsync(cancellationToken)))]));
    }

    private static Task<Ok<QueueResponse>> GetAsync(string name, QueueLookup queues, CancellationToken cancellationToken) =>
        OnQueueAsync(name, queues, queue => queue.GetAsync(cancellationToken), cancellationToken);

    private static Task<Ok<QueueResponse>> PauseAsync(string name, QueueLookup queues, CancellationToken cancellationToken) =>
        OnQueueAsync(name, queues, queue => queue.PauseAsync(cancellationToken), cancellationToken);

    private static Task<Ok<QueueResponse>> ResumeAsync(string name, QueueLookup queues, CancellationToken cancellationToken) =>
        OnQueueAsync(name, queues, queue => queue.ResumeAsync(cancellationToken), cancellationToken);

    private static async Task<Ok<QueueResponse>> SetLimitsAsync(
        string name, LimitsRequest request, QueueLookup queues, CancellationToken cancellationToken)
    {
        request.ThrowIfInvalid();
        var queue = await queues.GetAdminAsync(name, cancellationToken);
        return TypedResults.Ok(new QueueResponse(await queue.ChangeLimitsAsync(request.ToChange(), cancellationToken)));
    }

    private static async Task<Ok<QueueResponse>> DrainAsync(
        string name, DrainRequest? request, QueueLookup queues, CancellationToken cancellationToken)
    {
        var queue = await queues.GetAdminAsync(name, cancellationToken);
        return TypedResults.Ok(new QueueResponse(await queue.DrainAsync(request?.Delayed ?? false, cancellationToken)));
    }

    private static async Task<Ok<CleanResponse>> CleanAsync(
        string name, CleanRequest request, QueueLookup queues, CancellationToken cancellationToken)
    {
        request.ThrowIfInvalid();
        var queue = await queues.GetAdminAsync(name, cancellationToken);
        var removed = await queue.CleanAsync(request.EndedState, request.Grace, request.Count, cancellationToken);
        return TypedResults.Ok(new CleanResponse(removed));
    }

    private static async Task<Ok<QueueResponse>> ObliterateAsync(
        string name, ObliterateRequest? request, QueueLookup queues, CancellationToken cancellationToken)
    {
        var queue = await queues.GetAdminAsync(name, cancellationToken);
        return TypedResults.Ok(new QueueResponse(await queue.ObliterateAsync(request?.Force ?? false, cancellationToken)));
    }

    private static async Task<Ok<QueueResponse>> OnQueueAsync(
        string name, QueueLookup queues, Func<IQueueGrain, Task<QueueStatus>> act, CancellationToken cancellationToken) =>
        TypedResults.Ok(new QueueResponse(await act(await queues.GetQueueAsync(name, cancellationToken))));
}
