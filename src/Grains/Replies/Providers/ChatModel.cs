using Microsoft.Extensions.AI;

namespace JubileeVerse.Replies.Providers;

/// <summary>A chat model and its limits.</summary>
/// <param name="Name">Unique name in logs and metrics.</param>
/// <param name="ModelId">Stored with a finished reply.</param>
/// <param name="Client">Makes one call to the provider per request, without retries.</param>
/// <param name="ContextTokens">The context window.</param>
/// <param name="MaxOutputTokens">The maximum length of a reply.</param>
public sealed record ChatModel(string Name, string ModelId, IChatClient Client, int ContextTokens, int MaxOutputTokens)
{
    // Models use different tokenizers than the one that counts here; a tenth of the window covers the difference.
    private const int MarginDivisor = 10;

    /// <summary>Maximum number of tokens in a prompt.</summary>
    public int PromptTokens => ContextTokens - MaxOutputTokens - ContextTokens / MarginDivisor;
}
