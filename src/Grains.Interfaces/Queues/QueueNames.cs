namespace JubileeVerse.Queues;

/// <summary>The queues of the product.</summary>
public static class QueueNames
{
    /// <summary>Generates one persona's reply.</summary>
    public const string AiResponse = "ai-response";

    /// <summary>Renders and sends one e-mail.</summary>
    public const string Email = "email";

    /// <summary>Aggregates facts by day.</summary>
    public const string Analytics = "analytics";

    /// <summary>Checks a machine translation of a message.</summary>
    public const string TranslationReview = "translation-review";
}
