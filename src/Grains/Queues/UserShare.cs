namespace JubileeVerse.Queues;

/// <summary>One user's open jobs in a queue.</summary>
internal sealed class UserShare(CompactId user)
{
    public CompactId User => user;

    public int OpenJobs { get; set; }
}
