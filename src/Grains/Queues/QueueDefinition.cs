namespace JubileeVerse.Queues;

/// <summary>A queue that there is, and where its numbers are.</summary>
/// <param name="Name">Its key, such as <c>ai-response</c>.</param>
/// <param name="Options">Read anew each time, so that a change of the configuration is heard.</param>
public sealed record QueueDefinition(string Name, Func<QueuesOptions, QueueOptions> Options);
