namespace JubileeVerse.Storage;

/// <summary>The store could not be reached or did not respond; it is not known whether the batch was committed.</summary>
internal sealed class TransientStoreException(Exception inner) : Exception("The store did not respond.", inner);
