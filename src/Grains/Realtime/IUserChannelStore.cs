using JubileeVerse.Accounts;

namespace JubileeVerse.Realtime;

/// <summary>What is kept of a person's own channel: how far it is, and its events.</summary>
internal interface IUserChannelStore
{
    /// <summary>The offset of the last event that was ever told; 0 before the first. Events themselves may be gone.</summary>
    Task<long> LoadAsync(UserId userId, CancellationToken cancellationToken);

    /// <summary>
    /// Stores the event that follows the last one. Throws <c>StaleWriterException</c>, and stores nothing, when somebody else has written since.
    /// </summary>
    Task AppendAsync(UserId userId, DurableFrame frame, CancellationToken cancellationToken);
}
