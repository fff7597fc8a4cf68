namespace JubileeVerse.Storage;

/// <summary>
/// Group commit: atomic units of many callers go to the store in one round trip and one transaction.
/// A unit that fails never fails its neighbours.
/// </summary>
public interface IWriteBatcher
{
    /// <summary>
    /// Completes after the commit. Units of one caller that awaits each are committed in that order.
    /// Throws <see cref="StaleWriterException"/> where a fence broke (a NOT NULL column was set to null),
    /// <see cref="DuplicateKeyException"/> where a unique key was taken, <see cref="StoreUnavailableException"/> where the store
    /// could not be reached within the limit, or the store's own exception. Nothing of the unit is stored then.
    /// </summary>
    /// <remarks>Cancelling stops the wait; a unit that is already on its way may still be committed.</remarks>
    Task CommitAsync(WriteUnit unit, CancellationToken cancellationToken = default);

    /// <summary>Puts a unit into the next batch without waiting. It may be dropped as long as no batch has taken it.</summary>
    PendingWrite Enqueue(WriteUnit unit);
}
