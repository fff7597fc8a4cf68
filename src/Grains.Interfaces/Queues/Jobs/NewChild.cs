namespace JubileeVerse.Queues.Jobs;

/// <summary>A child job that its parent waits for.</summary>
[GenerateSerializer, Immutable, Alias("NewChild")]
public sealed record NewChild(NewJob Job)
{
    /// <summary>The effect of a failure on the parent. A cancelled or removed child has ended and has not failed.</summary>
    [Id(0)]
    public ChildFailure OnFailure { get; init; }
}
