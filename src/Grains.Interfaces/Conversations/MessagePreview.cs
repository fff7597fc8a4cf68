namespace JubileeVerse.Conversations;

/// <summary>The beginning of a message.</summary>
[GenerateSerializer, Immutable, Alias("MessagePreview")]
public sealed record MessagePreview(MessageRole Role, string Preview, DateTimeOffset CreatedAt)
{
    public const int MaxLength = 160;
}
