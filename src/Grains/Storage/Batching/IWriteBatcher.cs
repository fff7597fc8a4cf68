namespace JubileeVerse.Storage.Batching;

/// <summary>
/// Group commit: atomic units of many callers are written in one round trip and one transaction.
/// A failing unit never fails the other units of its batch.
/// </summary>
public interface IWriteBatcher
{
    /// <summary>
    /// Completes after the commit. If a caller awaits each unit, its units are committed in that order.
    /// Throws <see cref="StaleWriterException"/> if a version check failed (a NOT NULL column was set to null),
    /// <see cref="DuplicateKeyException"/> if a unique key already exists, <see cref="StoreUnavailableException"/> if the store
    /// could not be reached within the retry window, or the store's own exception. In these cases nothing of the unit is stored; after
    /// <see cref="StoreUnavailableException"/> that is not certain.
    /// </summary>
    /// <remarks>Cancellation stops the wait only; a unit that a batch has already taken may still be committed.</remarks>
    Task CommitAsync(WriteUnit unit, CancellationToken cancellationToken = default);

    /// <summary>Queues a unit for the next batch without waiting. The unit can be dropped until a batch has taken it.</summary>
    PendingWrite Enqueue(WriteUnit unit);
}
