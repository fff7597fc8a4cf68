namespace JubileeVerse.Storage.Batching;

/// <summary>A queued unit that its caller may drop until a batch takes it.</summary>
public abstract class PendingWrite
{
    /// <summary>Completes after the commit, fails with the unit's exception, or is cancelled when the unit is dropped.</summary>
    public abstract Task Completion { get; }

    /// <summary>
    /// Returns true if the unit will never be written; false if a batch has taken it, so that it is written before any later unit.
    /// </summary>
    public abstract bool TryDrop();
}
