namespace JubileeVerse.Queues.Store.Writing;

/// <summary>The items that are written to the store in one unit.</summary>
internal interface IWriteBatch<in TItem>
{
    /// <summary>Adds an item; false when the batch is full. The first item always fits.</summary>
    bool TryAdd(TItem item);
}
