using JubileeVerse.Gateway.Errors;
using JubileeVerse.Gateway.Http;
using JubileeVerse.Gateway.Operations;
using JubileeVerse.Gateway.Queues.Requests;
using JubileeVerse.Gateway.Queues.Responses;
using JubileeVerse.Queues;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Rules;

namespace JubileeVerse.Gateway.Queues;

/// <summary>Admin endpoints for single jobs.</summary>
internal static class JobEndpoints
{
    public static void MapJobs(this RouteGroupBuilder queues)
    {
        var jobs = queues.MapGroup("/{name}/jobs");
        jobs.MapGet("", ListAsync).Produces<JobListResponse>();
        jobs.MapGet("/{id}", GetAsync).Produces<JobResponse>();
        jobs.MapPost("/{id}/retry", RetryAsync).Produces<JobResponse>().Audited("job-retry");
        jobs.MapPost("/{id}/promote", PromoteAsync).Produces<JobResponse>().Audited("job-promote");
        jobs.MapPost("/{id}/cancel", CancelAsync).Produces<JobResponse>().Audited("job-cancel");
        jobs.MapPatch("/{id}", SetPriorityAsync).Produces<JobResponse>().Audited("job-priority");
        jobs.MapDelete("/{id}", RemoveAsync).Produces<JobResponse>().Audited("job-remove");
    }

    private static async Task<IResult> ListAsync(
        string name,
        string? state,
        string? user,
        string? order,
        int? limit,
        string? after,
        IGrainFactory grains,
        CancellationToken cancellationToken)
    {
        var faults = new Faults();
        var page = PageQuery.Read(faults, limit, after);
        var stateFilter = WireEnum<JobState>.Read(faults, "state", state);
        var listOrder = WireEnum<JobOrder>.Read(faults, "order", order);
        faults.AddIf(user is not null && !StorableText.IsStorable(user), "user", StorableText.Rule);
        faults.ThrowIfAny();

        var queues = new QueueLookup(grains);
        await queues.EnsureExistsAsync(name, cancellationToken);
        var query = new JobQuery(stateFilter, string.IsNullOrEmpty(user) ? null : user, listOrder == JobOrder.Oldest);
        var jobs = await queues.Queries.PageAsync(name, query, page, cancellationToken);
        return Results.Ok(new JobListResponse(jobs.Items, jobs.Next));
    }

    private static async Task<IResult> GetAsync(string name, string id, IGrainFactory grains, CancellationToken cancellationToken)
    {
        if (await new QueueLookup(grains).Queries.FindAsync(name, QueueLookup.ParseJobId(id), cancellationToken) is not { } job)
            return ProblemResult.NotFound("job");

        // Only the queue grain knows the rank and ETA of a waiting job; the stored row does not contain them.
        var status = job.State == JobState.Waiting
            ? await grains.GetGrain<IQueueGrain>(name).GetJobStatusAsync(job.Id, cancellationToken)
            : null;
        return Results.Ok(new JobResponse(job with { Position = status?.Position, EtaSeconds = status?.EtaSeconds }));
    }

    private static Task<IResult> RetryAsync(string name, string id, IGrainFactory grains, CancellationToken cancellationToken) =>
        OnJobAsync(name, id, grains, (queue, job) => queue.RetryJobAsync(job, cancellationToken), cancellationToken);

    private static Task<IResult> PromoteAsync(string name, string id, IGrainFactory grains, CancellationToken cancellationToken) =>
        OnJobAsync(name, id, grains, (queue, job) => queue.PromoteJobAsync(job, cancellationToken), cancellationToken);

    private static Task<IResult> CancelAsync(string name, string id, IGrainFactory grains, CancellationToken cancellationToken) =>
        OnJobAsync(name, id, grains, (queue, job) => queue.CancelJobAsync(job, cancellationToken), cancellationToken);

    private static Task<IResult> SetPriorityAsync(
        string name, string id, PriorityRequest request, IGrainFactory grains, CancellationToken cancellationToken)
    {
        request.ThrowIfInvalid();
        return OnJobAsync(
            name,
            id,
            grains,
            (queue, job) => queue.SetJobPriorityAsync(job, request.Priority!.Value, cancellationToken),
            cancellationToken);
    }

    private static Task<IResult> RemoveAsync(string name, string id, IGrainFactory grains, CancellationToken cancellationToken) =>
        OnJobAsync(name, id, grains, (queue, job) => queue.RemoveJobAsync(job, cancellationToken), cancellationToken);

    private static async Task<IResult> OnJobAsync(
        string name, string id, IGrainFactory grains, Func<IQueueAdminGrain, JobId, Task<JobView>> act, CancellationToken cancellationToken)
    {
        var queue = await new QueueLookup(grains).GetAdminAsync(name, cancellationToken);
        return Results.Ok(new JobResponse(await act(queue, QueueLookup.ParseJobId(id))));
    }
}
