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
