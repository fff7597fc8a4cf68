using JubileeVerse.Queues.Jobs;

namespace JubileeVerse.Queues;

/// <summary>A recurring job, with either a cron expression or a period.</summary>
/// <param name="Id">1 to <see cref="MaxIdLength"/> characters, unique in its queue.</param>
/// <param name="Job">The job to add each time, without an id, a key or a delay. Its deadline counts from its due time.</param>
[GenerateSerializer, Immutable, Alias("Schedule")]
public sealed record Schedule(string Id, NewJob Job)
{
    public const int MaxIdLength = 80;

    /// <summary>Five fields, or six with the seconds first; null if <see cref="Every"/> is set.</summary>
    [Id(0)]
    public string? Cron { get; init; }

    /// <summary>IANA name of the time zone of the cron expression.</summary>
    [Id(1)]
    public string TimeZone { get; init; } = "UTC";

    /// <summary>The period, counted from the creation of the schedule, 1 s to 366 days; null if <see cref="Cron"/> is set.</summary>
    [Id(2)]
    public TimeSpan? Every { get; init; }

    /// <summary>Maximum number of jobs in total; null for no limit.</summary>
    [Id(3)]
    public int? Limit { get; init; }

    /// <summary>No job is due after this time; null for no end.</summary>
    [Id(4)]
    public DateTimeOffset? Until { get; init; }
}
