namespace JubileeVerse.Rules;

/// <summary>The ranges of a job's and a schedule's fields. Lengths are UTF-16 code units.</summary>
public static class JobLimits
{
    public const int MaxNameLength = 100;

    /// <summary>Of a user id, an order key and a deduplication key.</summary>
    public const int MaxKeyLength = 200;

    public const int MaxAttempts = 20;

    public static readonly TimeSpan MaxBackoff = TimeSpan.FromHours(1);

    public static readonly TimeSpan MaxTimeout = TimeSpan.FromHours(24);

    /// <summary>Of a delay and of a deadline.</summary>
    public static readonly TimeSpan MaxDelay = TimeSpan.FromDays(365);

    public static readonly TimeSpan MaxDedupWindow = TimeSpan.FromDays(30);

    /// <summary>The shortest interval of a schedule.</summary>
    public static readonly TimeSpan MinEvery = TimeSpan.FromSeconds(1);

    /// <summary>The longest interval of a schedule: a year with a leap day.</summary>
    public static readonly TimeSpan MaxEvery = TimeSpan.FromDays(366);
}
