using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace JubileeVerse.Replies.Builtin;

/// <summary>
/// A model without network and API key: it replies in the persona's voice with prepared lines that it chooses by the conversation.
/// The same conversation yields the same reply. One word counts as one token.
/// </summary>
public sealed class BuiltinChatClient(TimeSpan pieceDelay, TimeProvider time) : IChatClient
{
    public const string ModelId = "builtin";

    /// <summary>The key of the <see cref="BuiltinSpeaker"/> in <see cref="ChatOptions.AdditionalProperties"/>.</summary>
    public const string SpeakerKey = "jubileeverse.speaker";

    private static readonly ChatClientMetadata Metadata = new(providerName: ModelId, defaultModelId: ModelId);

    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        await GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var speaker = options?.AdditionalProperties?.TryGetValue<BuiltinSpeaker>(SpeakerKey, out var value) == true
            ? value!
            : throw new ArgumentException(
                $"The builtin model requires a {nameof(BuiltinSpeaker)} in the additional property '{SpeakerKey}'.", nameof(options));
        var conversation = messages as IReadOnlyList<ChatMessage> ?? [.. messages];
        var pieces = WordSplitter.Split(BuiltinReplyWriter.Write(speaker, conversation));

        for (var i = 0; i < pieces.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (i > 0 && pieceDelay > TimeSpan.Zero)
                await Task.Delay(pieceDelay, time, cancellationToken);
            yield return Update(new TextContent(pieces[i]));
        }

        var input = conversation.Sum(message => WordSplitter.Split(message.Text).Count);
        var lastUpdate = Update(new UsageContent(new UsageDetails
        {
            InputTokenCount = input,
            OutputTokenCount = pieces.Count,
            TotalTokenCount = input + pieces.Count,
        }));
        lastUpdate.FinishReason = ChatFinishReason.Stop;
        yield return lastUpdate;
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is not null ? null
        : serviceType == typeof(ChatClientMetadata) ? Metadata
        : serviceType.IsInstanceOfType(this) ? this
        : null;

    public void Dispose()
    {
    }

    private static ChatResponseUpdate Update(AIContent content) => new(ChatRole.Assistant, [content]) { ModelId = ModelId };
}
