namespace JubileeVerse.Storage;

/// <summary>A unit that waits for its batch, and the race between that batch and the one who may drop it.</summary>
public abstract class PendingWrite
{
    /// <summary>Completes after the commit, with the unit's exception, or as cancelled when it was dropped.</summary>
    public abstract Task Completion { get; }

    /// <summary>True: it will never be written. False: a batch has taken it, so it was or will be written before any later unit.</summary>
    public abstract bool TryDrop();
}
