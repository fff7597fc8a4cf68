namespace JubileeVerse.Storage;

/// <summary>The stored marker is another than the batch was to follow: an earlier attempt was committed after all.</summary>
internal sealed class MarkerMovedException(Exception inner) : Exception("The writer's marker has moved.", inner);
