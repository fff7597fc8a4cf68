using System.Collections.Immutable;

namespace JubileeVerse.Queues;

/// <summary>A job that waits for others, and those, all of one queue.</summary>
/// <param name="Parent">Ready when its children have ended; it may not have a delay of its own.</param>
/// <param name="Children">1 to <see cref="MaxChildren"/>.</param>
[GenerateSerializer, Immutable, Alias("NewFlow")]
public sealed record NewFlow(NewJob Parent, ImmutableArray<NewChild> Children)
{
    /// <summary>Of one flow.</summary>
    public const int MaxChildren = 500;
}

/// <summary>A job that another waits for.</summary>
[GenerateSerializer, Immutable, Alias("NewChild")]
public sealed record NewChild(NewJob Job)
{
    /// <summary>What it means to the parent when this job fails. Cancelled or removed, it has ended and has not failed.</summary>
    [Id(0)]
    public ChildFailure OnFailure { get; init; }
}
