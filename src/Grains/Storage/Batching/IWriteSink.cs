namespace JubileeVerse.Storage.Batching;

/// <summary>Commits batches, each as one transaction on one of the two databases. It has one caller at a time.</summary>
internal interface IWriteSink : IAsyncDisposable
{
    /// <summary>
    /// Commits the whole batch or nothing. Throws
    /// <see cref="MarkerMovedException"/> if the stored marker is not <see cref="WriteBatch.Previous"/> (this call wrote nothing),
    /// <see cref="TransientStoreException"/> if the store could not be reached or did not respond (the batch may have been committed),
    /// otherwise the error of one of its units (nothing was written).
    /// </summary>
    Task WriteAsync(WriteBatch batch);

    /// <summary>
    /// Returns the number of the last batch that this writer has committed; 0 before the first. Throws
    /// <see cref="TransientStoreException"/>.
    /// </summary>
    Task<long> ReadMarkerAsync(string writer);
}
