using JubileeVerse.Accounts;
using JubileeVerse.Realtime.Frames;

namespace JubileeVerse.Realtime.Presence;

/// <summary>Stores a user's channel: its offset and its events.</summary>
internal interface IUserChannelStore
{
    /// <summary>The offset of the last published event; 0 before the first. The event itself may have been deleted.</summary>
    Task<long> LoadAsync(UserId userId, CancellationToken cancellationToken);

    /// <summary>
    /// Stores the event that follows the last one. Throws <c>StaleWriterException</c> and stores nothing when another writer has written
    /// since.
    /// </summary>
    Task AppendAsync(UserId userId, DurableFrame frame, CancellationToken cancellationToken);
}
