using Microsoft.Extensions.AI;

namespace JubileeVerse.Replies.Providers;

/// <summary>A model that can be asked.</summary>
/// <param name="Name">What logs and metrics call it; unique among the models.</param>
/// <param name="ModelId">What a finished answer says made it.</param>
/// <param name="Client">Speaks with it: one call to the provider a request, no retries of its own.</param>
/// <param name="ContextTokens">Its window.</param>
/// <param name="MaxOutputTokens">Its longest answer.</param>
public sealed record ChatModel(string Name, string ModelId, IChatClient Client, int ContextTokens, int MaxOutputTokens)
{
    // Other models cut text into other tokens than the ones we count; a tenth of the window covers the difference.
    private const int MarginDivisor = 10;

    /// <summary>Tokens that a prompt may have.</summary>
    public int PromptTokens => ContextTokens - MaxOutputTokens - ContextTokens / MarginDivisor;
}
