namespace JubileeVerse.Queues.Store;

/// <summary>What goes to the store as one unit.</summary>
internal interface IWriteRound<in TItem>
{
    /// <summary>False: it is full, and the next one takes it. The first item always fits.</summary>
    bool TryAdd(TItem item);
}
