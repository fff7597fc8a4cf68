namespace JubileeVerse.Queues.Workers;

/// <summary>The processor of a registered queue.</summary>
internal sealed record QueueProcessor(string Queue, IJobProcessor Processor);
