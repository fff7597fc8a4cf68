using System.Collections.Immutable;

namespace JubileeVerse.Queues.Store;

/// <summary>An id or key that a job holds while it lives and for a time afterwards.</summary>
/// <param name="Name">What is claimed: <c>id:…</c> or <c>key:…</c>.</param>
/// <param name="Job">Who holds it.</param>
/// <param name="WindowMs">How long it is held after the job's end.</param>
internal readonly record struct JobClaim(string Name, JobId Job, long WindowMs)
{
    /// <summary>Of a job that does not say how long.</summary>
    public static readonly TimeSpan DefaultWindow = TimeSpan.FromHours(24);

    public static string OfId(JobId id) => $"id:{id}";

    public static string OfKey(string dedupKey) => $"key:{dedupKey}";

    /// <summary>Whether a new job claims anything.</summary>
    public static bool IsMade(NewJob asked) => asked.Id is not null || asked.DedupKey is not null;

    /// <summary>What a new job claims; nothing when it has neither an id nor a key of its own.</summary>
    public static ImmutableArray<JobClaim> Of(NewJob asked, JobId id)
    {
        if (!IsMade(asked))
            return [];

        var windowMs = (long)(asked.DedupWindow ?? DefaultWindow).TotalMilliseconds;
        var claims = ImmutableArray.CreateBuilder<JobClaim>(2);
        if (asked.Id is not null)
            claims.Add(new JobClaim(OfId(id), id, windowMs));
        if (asked.DedupKey is { } key)
            claims.Add(new JobClaim(OfKey(key), id, windowMs));
        return claims.DrainToImmutable();
    }
}
