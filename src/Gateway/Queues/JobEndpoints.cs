using JubileeVerse.Gateway.Errors;
using JubileeVerse.Gateway.Http;
using JubileeVerse.Gateway.Operations;
using JubileeVerse.Queues;

namespace JubileeVerse.Gateway.Queues;

/// <summary>Single jobs, for admins.</summary>
internal static class JobEndpoints
{
    public static void MapJobs(this RouteGroupBuilder queues)
    {
        var jobs = queues.MapGroup("/{name}/jobs");
        jobs.MapGet("", ListAsync).Produces<JobListAnswer>();
        jobs.MapGet("/{id}", GetAsync).Produces<JobAnswer>();
        jobs.MapPost("/{id}/retry", RetryAsync).Produces<JobAnswer>().Audited("job-retry");
        jobs.MapPost("/{id}/promote", PromoteAsync).Produces<JobAnswer>().Audited("job-promote");
        jobs.MapPost("/{id}/cancel", CancelAsync).Produces<JobAnswer>().Audited("job-cancel");
        jobs.MapPatch("/{id}", SetPriorityAsync).Produces<JobAnswer>().Audited("job-priority");
        jobs.MapDelete("/{id}", RemoveAsync).Produces<JobAnswer>().Audited("job-remove");
    }

    private static async Task<IResult> ListAsync(
        string name, string? state, string? user, string? order, int? limit, string? after, IGrainFactory grains, CancellationToken cancellationToken)
    {
        var faults = new Faults();
        var page = PageQuery.Read(faults, limit, after);
        var wanted = WireEnum<JobState>.Read(faults, "state", state);
        var wantedOrder = WireEnum<JobOrder>.Read(faults, "order", order);
        faults.AddIf(user is not null && !TextRules.IsClean(user), "user", TextRules.CleanRule);
        faults.ThrowIfAny();

        var queues = new AdministeredQueues(grains);
        await queues.CheckAsync(name, cancellationToken);
        var query = new JobQuery(wanted, string.IsNullOrEmpty(user) ? null : user, wantedOrder == JobOrder.Oldest);
        var jobs = await queues.Queries.PageAsync(name, query, page, cancellationToken);
        return Results.Ok(new JobListAnswer(jobs.Items, jobs.Next));
    }

    private static async Task<IResult> GetAsync(string name, string id, IGrainFactory grains, CancellationToken cancellationToken)
    {
        if (await new AdministeredQueues(grains).Queries.FindAsync(name, AdministeredQueues.JobOf(id), cancellationToken) is not { } job)
            return ProblemResult.NotFound("job");

        // Its row says nothing of those before it.
        var standing = job.State == JobState.Waiting ? await grains.GetGrain<IQueueGrain>(name).StandingAsync(job.Id, cancellationToken) : null;
        return Results.Ok(new JobAnswer(job with { Position = standing?.Position, EtaSeconds = standing?.EtaSeconds }));
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
        return OnJobAsync(name, id, grains, (queue, job) => queue.SetJobPriorityAsync(job, request.Priority!.Value, cancellationToken), cancellationToken);
    }

    private static Task<IResult> RemoveAsync(string name, string id, IGrainFactory grains, CancellationToken cancellationToken) =>
        OnJobAsync(name, id, grains, (queue, job) => queue.RemoveJobAsync(job, cancellationToken), cancellationToken);

    private static async Task<IResult> OnJobAsync(
        string name, string id, IGrainFactory grains, Func<IQueueAdmin, JobId, Task<JobView>> act, CancellationToken cancellationToken)
    {
        var queue = await new AdministeredQueues(grains).AdminAsync(name, cancellationToken);
        return Results.Ok(new JobAnswer(await act(queue, AdministeredQueues.JobOf(id))));
    }
}
