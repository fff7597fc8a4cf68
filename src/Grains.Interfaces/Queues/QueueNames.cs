namespace JubileeVerse.Queues;

/// <summary>The queues of the product.</summary>
public static class QueueNames
{
    /// <summary>Generates one persona's reply.</summary>
    public const string AiResponse = "ai-response";
}
