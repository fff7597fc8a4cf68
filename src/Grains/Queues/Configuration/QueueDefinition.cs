namespace JubileeVerse.Queues.Configuration;

/// <summary>The definition of a queue.</summary>
/// <param name="Name">The queue's grain key, such as <c>ai-response</c>.</param>
/// <param name="Options">
/// Selects the queue's options. It is called for each use, so that a configuration change takes effect without a restart.
/// </param>
public sealed record QueueDefinition(string Name, Func<QueuesOptions, QueueOptions> Options);
