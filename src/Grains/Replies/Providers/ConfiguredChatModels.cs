using System.Collections.Immutable;
using JubileeVerse.Replies.Builtin;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Replies.Providers;

/// <summary>The configured models, or <c>builtin</c> if none is configured.</summary>
internal sealed class ConfiguredChatModels : IChatModelSource, IDisposable
{
    public ConfiguredChatModels(IOptions<AiOptions> options, TimeProvider time)
    {
        var ai = options.Value;
        var providers = ai.Providers.Count > 0 ? ai.Providers : [new AiProviderOptions { Type = AiProviderTypes.Builtin }];
        Models = [.. providers.Select((provider, i) => ToModel(provider, i, ai, time))];
    }

    public ImmutableArray<ChatModel> Models { get; }

    public static string NameOf(AiProviderOptions provider, int index) =>
        string.IsNullOrWhiteSpace(provider.Name) ? $"{provider.Type.ToLowerInvariant()}-{index}" : provider.Name;

    public void Dispose()
    {
        foreach (var model in Models)
            model.Client.Dispose();
    }

    private static ChatModel ToModel(AiProviderOptions provider, int index, AiOptions ai, TimeProvider time)
    {
        var isBuiltin = provider.Is(AiProviderTypes.Builtin);
        IChatClient client = isBuiltin
            ? new BuiltinChatClient(TimeSpan.FromMilliseconds(ai.Builtin.PieceDelayMs), time)
            : OpenAiChatClients.Create(provider, ai.Timeouts);
        var traced = client.AsBuilder().UseOpenTelemetry(sourceName: ReplyInstruments.SourceName).Build();
        return new ChatModel(
            NameOf(provider, index),
            isBuiltin ? BuiltinChatClient.ModelId : provider.Model!,
            traced,
            provider.ContextTokens,
            provider.MaxOutputTokens);
    }
}
