namespace JubileeVerse.Storage;

/// <summary>The store could not be reached or did not answer; whether the batch was committed is not known.</summary>
internal sealed class StoreLostException(Exception inner) : Exception("The store did not answer.", inner);
