using JubileeVerse.Gateway.Accounts;
using JubileeVerse.Gateway.Errors;
using JubileeVerse.Gateway.Http;
using JubileeVerse.Queues;

namespace JubileeVerse.Gateway.Queues;

/// <summary>Queues and their jobs, for admins.</summary>
internal static class QueueEndpoints
{
    public static void MapQueues(this IEndpointRouteBuilder app)
    {
        var queues = app.MapGroup("/api/admin/queues").RequireAuthorization(AdminRequirement.Policy).WithTags("Administration");
        queues.MapGet("", ListAsync).Produces<QueueListAnswer>();
        queues.MapGet("/{name}", GetAsync).Produces<QueueAnswer>();
        queues.MapPost("/{name}/pause", PauseAsync).Produces<QueueAnswer>();
        queues.MapPost("/{name}/resume", ResumeAsync).Produces<QueueAnswer>();
        queues.MapGet("/{name}/jobs", JobsAsync).Produces<JobListAnswer>();
        queues.MapGet("/{name}/jobs/{id}", JobAsync).Produces<JobAnswer>();
    }

    private static async Task<IResult> ListAsync(IGrainFactory grains, CancellationToken cancellationToken)
    {
        var names = await Queries(grains).NamesAsync(cancellationToken);
        return Results.Ok(new QueueListAnswer([.. await Task.WhenAll(names.Select(name => Queue(grains, name).GetAsync(cancellationToken)))]));
    }

    private static Task<IResult> GetAsync(string name, IGrainFactory grains, CancellationToken cancellationToken) =>
        OnQueueAsync(name, grains, queue => queue.GetAsync(cancellationToken), cancellationToken);

    private static Task<IResult> PauseAsync(string name, IGrainFactory grains, CancellationToken cancellationToken) =>
        OnQueueAsync(name, grains, queue => queue.PauseAsync(cancellationToken), cancellationToken);

    private static Task<IResult> ResumeAsync(string name, IGrainFactory grains, CancellationToken cancellationToken) =>
        OnQueueAsync(name, grains, queue => queue.ResumeAsync(cancellationToken), cancellationToken);

    private static async Task<IResult> JobsAsync(
        string name, string? state, string? user, int? limit, string? after, IGrainFactory grains, CancellationToken cancellationToken)
    {
        var faults = new Faults();
        var page = PageQuery.Read(faults, limit, after);
        var wanted = WireEnum<JobState>.Read(faults, "state", state);
        faults.ThrowIfAny();
        if (!await ExistsAsync(grains, name, cancellationToken))
            return ProblemResult.NotFound("queue");

        var jobs = await Queries(grains).JobsAsync(name, wanted, string.IsNullOrEmpty(user) ? null : user, page, cancellationToken);
        return Results.Ok(new JobListAnswer(jobs.Items, jobs.Next));
    }

    private static async Task<IResult> JobAsync(string name, string id, IGrainFactory grains, CancellationToken cancellationToken) =>
        id.Length <= JobId.MaxLength && await Queries(grains).FindAsync(name, new JobId(id), cancellationToken) is { } job
            ? Results.Ok(new JobAnswer(job))
            : ProblemResult.NotFound("job");

    /// <summary>Asks for the name first: a grain would come into being for any.</summary>
    private static async Task<IResult> OnQueueAsync(
        string name, IGrainFactory grains, Func<IQueueGrain, Task<QueueStatus>> act, CancellationToken cancellationToken) =>
        await ExistsAsync(grains, name, cancellationToken)
            ? Results.Ok(new QueueAnswer(await act(Queue(grains, name))))
            : ProblemResult.NotFound("queue");

    private static async Task<bool> ExistsAsync(IGrainFactory grains, string name, CancellationToken cancellationToken) =>
        (await Queries(grains).NamesAsync(cancellationToken)).Contains(name);

    private static IQueueQueries Queries(IGrainFactory grains) => grains.GetGrain<IQueueQueries>(0);

    private static IQueueGrain Queue(IGrainFactory grains, string name) => grains.GetGrain<IQueueGrain>(name);
}
