using JubileeVerse.Queues.State.Jobs;

namespace JubileeVerse.Queues.State.Ranks;

/// <summary>One user's open jobs in a queue.</summary>
internal sealed class UserShare(CompactId user)
{
    public CompactId User => user;

    /// <summary>The sum of the jobs' costs; their number when each costs 1.</summary>
    public long OpenCost { get; set; }
}
