namespace JubileeVerse.Storage;

/// <summary>The writer's version of the row is stale, because another writer has changed it. The writer must reload the row.</summary>
public sealed class StaleWriterException(string message, Exception? inner = null) : Exception(message, inner);
