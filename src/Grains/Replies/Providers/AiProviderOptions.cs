namespace JubileeVerse.Replies.Providers;

/// <summary>One entry of <c>JubileeVerse:Ai:Providers</c>.</summary>
public sealed class AiProviderOptions
{
    /// <summary><c>openai</c> (any OpenAI-compatible endpoint) or <c>builtin</c>. Required.</summary>
    public string Type { get; set; } = "";

    /// <summary>Base address of an <c>openai</c> provider, such as <c>http://localhost:8080/v1</c>. Default: OpenAI's own.</summary>
    public string? Endpoint { get; set; }

    /// <summary>Secret. Required if no endpoint is set; self-hosted servers often need none.</summary>
    public string? ApiKey { get; set; }

    /// <summary>The model's name as the provider knows it. Required for <c>openai</c>.</summary>
    public string? Model { get; set; }

    /// <summary>Unique name in logs and metrics. Default: the type and the entry's number, such as <c>openai-0</c>.</summary>
    public string? Name { get; set; }

    /// <summary>The model's context window in tokens, prompt and reply together. 2,048 to 10,000,000; default 16,384.</summary>
    public int ContextTokens { get; set; } = 16_384;

    /// <summary>Maximum length of a reply in tokens, reserved in the context window. 16 to half the window; default 2,048.</summary>
    public int MaxOutputTokens { get; set; } = 2_048;
}
