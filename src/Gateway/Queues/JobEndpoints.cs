using JubileeVerse.Gateway.Errors;
using JubileeVerse.Gateway.Http;
using JubileeVerse.Gateway.Operations;
using JubileeVerse.Gateway.Queues.Requests;
using JubileeVerse.Gateway.Queues.Responses;
using JubileeVerse.Queues;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Rules;
using Microsoft.AspNetCore.Http.HttpResults;

namespace JubileeVerse.Gateway.Queues;

/// <summary>Admin endpoints for single jobs.</summary>
internal static class JobEndpoints
{
    public static void MapJobs(this RouteGroupBuilder queues)
    {
        var jobs = queues.MapGroup("/{name}/jobs");
        jobs.MapGet("", ListAsync);
        jobs.MapGet("/{id}", GetAsync);
        jobs.MapPost("/{id}/retry", RetryAsync).Audited("job-retry");
        jobs.MapPost("/{id}/promote", PromoteAsync).Audited("job-promote");
        jobs.MapPost("/{id}/cancel", CancelAsync).Audited("job-cancel");
        jobs.MapPatch("/{id}", SetPriorityAsync).Audited("job-priority");
        jobs.MapDelete("/{id}", RemoveAsync).Audited("job-remove");
    }

    private static async Task<Ok<JobListResponse>> ListAsync(
        string name,
        string? state,
        string? user,
        string? order,
        int? limit,
        string? after,
        QueueLookup queues,
        CancellationToken cancellationToken)
    {
        var faults = new Faults();
        var page = PageQuery.Read(faults, limit, after);
        var stateFilter = WireEnum<JobState>.Read(faults, "state", state);
        var listOrder = WireEnum<JobOrder>.Read(faults, "order", order);
        faults.AddIf(user is not null && !StorableText.IsStorable(user), "user", StorableText.Rule);
        faults.ThrowIfAny();

        await queues.EnsureExistsAsync(name, cancellationToken);
        var query = new JobQuery(stateFilter, string.IsNullOrEmpty(user) ? null : user, listOrder == JobOrder.Oldest);
        var jobs = await queues.Queries.PageAsync(name, query, page, cancellationToken);
        return TypedResults.Ok(new JobListResponse(jobs.Items, jobs.Next));
    }

    private static async Task<Results<Ok<JobResponse>, ProblemResult>> GetAsync(
        string name, string id, QueueLookup queues, IGrainFactory grains, CancellationToken cancellationToken)
    {
        if (await queues.Queries.FindAsync(name, QueueLookup.ParseJobId(id), cancellationToken) is not { } job)
            return ProblemResult.NotFound("job");

        // Only the queue grain knows the rank and ETA of a waiting job; the stored row does not contain them.
        var status = job.State == JobState.Waiting
            ? await grains.GetGrain<IQueueGrain>(name).GetJobStatusAsync(job.Id, cancellationToken)
            : null;
        return TypedResults.Ok(new JobResponse(job with { Position = status?.Position, EtaSeconds = status?.EtaSeconds }));
    }

    private static Task<Ok<JobResponse>> RetryAsync(string name, string id, QueueLookup queues, CancellationToken cancellationToken) =>
        OnJobAsync(name, id, queues, (queue, job) => queue.RetryJobAsync(job, cancellationToken), cancellationToken);

    private static Task<Ok<JobResponse>> PromoteAsync(string name, string id, QueueLookup queues, CancellationToken cancellationToken) =>
        OnJobAsync(name, id, queues, (queue, job) => queue.PromoteJobAsync(job, cancellationToken), cancellationToken);

    private static Task<Ok<JobResponse>> CancelAsync(string name, string id, QueueLookup queues, CancellationToken cancellationToken) =>
        OnJobAsync(name, id, queues, (queue, job) => queue.CancelJobAsync(job, cancellationToken), cancellationToken);

    private static Task<Ok<JobResponse>> SetPriorityAsync(
        string name, string id, PriorityRequest request, QueueLookup queues, CancellationToken cancellationToken)
    {
        request.ThrowIfInvalid();
        return OnJobAsync(
            name,
            id,
            queues,
            (queue, job) => queue.SetJobPriorityAsync(job, request.Priority!.Value, cancellationToken),
            cancellationToken);
    }

    private static Task<Ok<JobResponse>> RemoveAsync(string name, string id, QueueLookup queues, CancellationToken cancellationToken) =>
        OnJobAsync(name, id, queues, (queue, job) => queue.RemoveJobAsync(job, cancellationToken), cancellationToken);

    private static async Task<Ok<JobResponse>> OnJobAsync(
        string name, string id, QueueLookup queues, Func<IQueueAdminGrain, JobId, Task<JobView>> act, CancellationToken cancellationToken)
    {
        var queue = await queues.GetAdminAsync(name, cancellationToken);
        return TypedResults.Ok(new JobResponse(await act(queue, QueueLookup.ParseJobId(id))));
    }
}
