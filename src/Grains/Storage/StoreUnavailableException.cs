namespace JubileeVerse.Storage;

/// <summary>The store could not be reached within the retry window. It is not known whether anything was written.</summary>
public sealed class StoreUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
