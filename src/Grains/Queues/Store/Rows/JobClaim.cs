using System.Collections.Immutable;
using JubileeVerse.Queues.Jobs;

namespace JubileeVerse.Queues.Store.Rows;

/// <summary>An id or key that a job holds while it is open and for a time after its end.</summary>
/// <param name="Name"><c>id:…</c> or <c>key:…</c>.</param>
/// <param name="Job">The holder.</param>
/// <param name="WindowMs">How long the claim is held after the job's end.</param>
internal readonly record struct JobClaim(string Name, JobId Job, long WindowMs)
{
    /// <summary>The window of a job that sets none.</summary>
    public static readonly TimeSpan DefaultWindow = TimeSpan.FromHours(24);

    public static string NameForId(JobId id) => $"id:{id}";

    public static string NameForKey(string dedupKey) => $"key:{dedupKey}";

    /// <summary>Whether a new job claims an id or a key.</summary>
    public static bool HasAny(NewJob newJob) => newJob.Id is not null || newJob.DedupKey is not null;

    /// <summary>The claims of a new job; none when it has neither an id nor a key of its own.</summary>
    public static ImmutableArray<JobClaim> For(NewJob newJob, JobId id)
    {
        if (!HasAny(newJob))
            return [];

        var windowMs = (long)(newJob.DedupWindow ?? DefaultWindow).TotalMilliseconds;
        var claims = ImmutableArray.CreateBuilder<JobClaim>(2);
        if (newJob.Id is not null)
            claims.Add(new JobClaim(NameForId(id), id, windowMs));
        if (newJob.DedupKey is { } key)
            claims.Add(new JobClaim(NameForKey(key), id, windowMs));
        return claims.DrainToImmutable();
    }
}
