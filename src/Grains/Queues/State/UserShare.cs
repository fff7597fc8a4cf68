namespace JubileeVerse.Queues.State;

/// <summary>One user's open jobs in a queue.</summary>
internal sealed class UserShare(CompactId user)
{
    public CompactId User => user;

    /// <summary>The sum of their costs: their number, where each costs 1.</summary>
    public long OpenCost { get; set; }
}
