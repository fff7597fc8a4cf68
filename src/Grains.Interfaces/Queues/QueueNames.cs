namespace JubileeVerse.Queues;

/// <summary>The queues of the product.</summary>
public static class QueueNames
{
    public const string AiResponse = "ai-response";
}
