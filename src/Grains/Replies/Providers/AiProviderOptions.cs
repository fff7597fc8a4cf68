namespace JubileeVerse.Replies.Providers;

/// <summary>One entry of <c>JubileeVerse:Ai:Providers</c>.</summary>
public sealed class AiProviderOptions
{
    /// <summary><c>openai</c> (any OpenAI-compatible endpoint) or <c>builtin</c>. Required.</summary>
    public string Type { get; set; } = "";

    /// <summary>Base address of an <c>openai</c> provider, such as <c>http://localhost:8080/v1</c>. Default: OpenAI's own.</summary>
    public string? Endpoint { get; set; }

    /// <summary>A secret. Required where no endpoint is given; servers of one's own often want none.</summary>
    public string? ApiKey { get; set; }

    /// <summary>The model's name as the provider knows it. Required for <c>openai</c>.</summary>
    public string? Model { get; set; }

    /// <summary>What logs and metrics call it; unique. Default: the type and the entry's number, such as <c>openai-0</c>.</summary>
    public string? Name { get; set; }

    /// <summary>The model's window in tokens, question and answer together. 2,048 to 10,000,000; default 16,384.</summary>
    public int ContextTokens { get; set; } = 16_384;

    /// <summary>Longest answer in tokens; kept free of the window. 16 to half the window; default 2,048.</summary>
    public int MaxOutputTokens { get; set; } = 2_048;
}
