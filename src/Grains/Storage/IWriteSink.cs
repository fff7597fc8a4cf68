namespace JubileeVerse.Storage;

/// <summary>Where batches go: one transaction on one of the two databases. Called by one caller at a time.</summary>
internal interface IWriteSink : IAsyncDisposable
{
    /// <summary>
    /// Commits the whole batch or nothing. Throws
    /// <see cref="MarkerMovedException"/> where the stored marker is not <see cref="WriteBatch.Previous"/> (nothing was written by this call),
    /// <see cref="StoreLostException"/> where the store could not be reached or did not answer (the batch may have been committed),
    /// else what is wrong with one of its units (nothing was written).
    /// </summary>
    Task WriteAsync(WriteBatch batch);

    /// <summary>The number of the last batch that this writer has committed; 0 before the first. Throws <see cref="StoreLostException"/>.</summary>
    Task<long> ReadMarkerAsync(string writer);
}
