using System.Collections.Immutable;
using JubileeVerse.Replies.Providers;

namespace JubileeVerse.Testing.Replies;

/// <summary>Scripted models in order of preference, named <c>scripted-0</c>, <c>scripted-1</c>…</summary>
internal sealed class ScriptedModels(params ScriptedChatClient[] clients) : IChatModelSource
{
    private const int ContextTokens = 16_384;
    private const int MaxOutputTokens = 1_024;

    public ImmutableArray<ChatModel> Models { get; } =
        [.. clients.Select((client, i) => new ChatModel($"scripted-{i}", $"model-{i}", client, ContextTokens, MaxOutputTokens))];
}
