namespace JubileeVerse.Queues;

/// <summary>Jobs that return: by a cron expression or by a period, one of the two.</summary>
/// <param name="Id">1 to <see cref="MaxIdLength"/> characters, unique in its queue.</param>
/// <param name="Job">What is added each time; without an id, a key and a delay. Its deadline counts from the instant it is due.</param>
[GenerateSerializer, Immutable, Alias("Schedule")]
public sealed record Schedule(string Id, NewJob Job)
{
    public const int MaxIdLength = 80;

    /// <summary>Five fields, or six with the seconds first; null: <see cref="Every"/>.</summary>
    [Id(0)]
    public string? Cron { get; init; }

    /// <summary>Of the cron expression, by its IANA name.</summary>
    [Id(1)]
    public string TimeZone { get; init; } = "UTC";

    /// <summary>From the instant the schedule was made, 1 s to 366 days; null: <see cref="Cron"/>.</summary>
    [Id(2)]
    public TimeSpan? Every { get; init; }

    /// <summary>How many jobs are made in all; null: no end.</summary>
    [Id(3)]
    public int? Limit { get; init; }

    /// <summary>No job is due after that; null: no end.</summary>
    [Id(4)]
    public DateTimeOffset? Until { get; init; }
}
