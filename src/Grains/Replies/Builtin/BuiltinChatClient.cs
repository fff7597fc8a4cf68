using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace JubileeVerse.Replies.Builtin;

/// <summary>
/// A model without a network and without a key: it answers in the persona's voice from prepared lines, chosen by what was said.
/// The same conversation gives the same answer. Its token is a word.
/// </summary>
public sealed class BuiltinChatClient(TimeSpan pieceDelay, TimeProvider time) : IChatClient
{
    public const string ModelId = "builtin";

    /// <summary>Where <see cref="ChatOptions.AdditionalProperties"/> hold the <see cref="BuiltinSpeaker"/>.</summary>
    public const string SpeakerKey = "jubileeverse.speaker";

    private static readonly ChatClientMetadata Metadata = new(providerName: ModelId, defaultModelId: ModelId);

    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        await GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var speaker = options?.AdditionalProperties?.TryGetValue<BuiltinSpeaker>(SpeakerKey, out var given) == true
            ? given!
            : throw new ArgumentException($"The builtin model needs a {nameof(BuiltinSpeaker)} under '{SpeakerKey}'.", nameof(options));
        var conversation = messages as IReadOnlyList<ChatMessage> ?? [.. messages];
        var pieces = WordPieces.Of(BuiltinAnswer.Write(speaker, conversation));

        for (var i = 0; i < pieces.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (i > 0 && pieceDelay > TimeSpan.Zero)
                await Task.Delay(pieceDelay, time, cancellationToken);
            yield return Update(new TextContent(pieces[i]));
        }

        var input = conversation.Sum(message => WordPieces.Of(message.Text).Count);
        var end = Update(new UsageContent(new UsageDetails
        {
            InputTokenCount = input,
            OutputTokenCount = pieces.Count,
            TotalTokenCount = input + pieces.Count,
        }));
        end.FinishReason = ChatFinishReason.Stop;
        yield return end;
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
