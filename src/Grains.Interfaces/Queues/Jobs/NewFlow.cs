using System.Collections.Immutable;

namespace JubileeVerse.Queues.Jobs;

/// <summary>A parent job and the children that it waits for, all of one queue.</summary>
/// <param name="Parent">Becomes ready when its children have ended. It must not have a delay.</param>
/// <param name="Children">1 to <see cref="MaxChildren"/>.</param>
[GenerateSerializer, Immutable, Alias("NewFlow")]
public sealed record NewFlow(NewJob Parent, ImmutableArray<NewChild> Children)
{
    /// <summary>Maximum number of children of one flow.</summary>
    public const int MaxChildren = 500;
}

/// <summary>A child job that its parent waits for.</summary>
[GenerateSerializer, Immutable, Alias("NewChild")]
public sealed record NewChild(NewJob Job)
{
    /// <summary>The effect of a failure on the parent. A cancelled or removed child has ended and has not failed.</summary>
    [Id(0)]
    public ChildFailure OnFailure { get; init; }
}
