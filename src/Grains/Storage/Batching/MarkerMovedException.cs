namespace JubileeVerse.Storage.Batching;

/// <summary>The stored marker is not the one that the batch expects, because an earlier attempt was committed after all.</summary>
internal sealed class MarkerMovedException(Exception inner) : Exception("The writer's stored marker is not the expected one.", inner);
