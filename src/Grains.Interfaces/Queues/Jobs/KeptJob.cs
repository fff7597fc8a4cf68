namespace JubileeVerse.Queues.Jobs;

/// <summary>A <see cref="KeepRule"/> as shown to operators.</summary>
/// <param name="Count">The job is deleted when this many jobs of its queue and state have ended after it.</param>
/// <param name="AgeSeconds">The job is deleted this long after its end.</param>
[GenerateSerializer, Immutable, Alias("KeptJob")]
public sealed record KeptJob(int Count, double AgeSeconds)
{
    public static KeptJob? From(KeepRule? rule) => rule is null ? null : new KeptJob(rule.Count, rule.Age.TotalSeconds);
}
