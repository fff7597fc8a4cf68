using System.Text;
using System.Text.Json;
using JubileeVerse.Conversations;
using JubileeVerse.Gateway.Realtime.Replies;
using JubileeVerse.Personas;
using JubileeVerse.Realtime;
using JubileeVerse.Realtime.Frames;
using JubileeVerse.Replies;
using Microsoft.Extensions.Time.Testing;

namespace JubileeVerse.Gateway.Tests.Realtime.Feeds;

/// <summary>Short factories for the frames of one reply.</summary>
internal static class Frames
{
    private static readonly FakeTimeProvider Time = new();

    public static readonly ConversationId ConversationId = ConversationId.New(Time);
    public static readonly ChannelName Channel = ChannelName.For(ConversationId);
    public static readonly ReplyId Id = ReplyId.New(Time);
    public static readonly PersonaId Persona = PersonaId.New(Time);

    public static ReplyQueued Queued(int? position = 1) => new(Channel, ConversationId, Id, Persona, position, null);

    public static ReplyStarted Started(long run, int attempt = 1) => new(Channel, Id, run, attempt);

    public static ReplyDelta Delta(long run, int offset, string text) => new(Channel, Id, run, offset, text);

    /// <param name="attempt">The number of the next attempt.</param>
    public static ReplyRetrying Retrying(int attempt = 2) => new(Channel, Id, attempt, 1000);

    public static ReplySnapshot Snapshot(long run, string text, ReplyStatus status = ReplyStatus.Generating) =>
        new(Channel, Id, run, 1, text, status);

    public static ReplyCompleted Completed(long run, string text, long offset = 1) =>
        new(Channel, "e", offset, Id, run, ReplyMessage(text), new TokenUsage("builtin", 1, 2));

    public static ReplyFailed Failed(long offset = 1) => new(Channel, "e", offset, Id, "provider-failed", "It did not work.");

    public static Message ReplyMessage(string text) => new(
        MessageId.New(Time),
        ConversationId,
        2,
        MessageRole.Assistant,
        Persona,
        text,
        "en",
        MessageStatus.Completed,
        Id,
        null,
        null,
        Time.GetUtcNow(),
        "builtin");

    /// <summary>The frame of an event as it is on the wire.</summary>
    public static JsonElement Data(ReplyEvent item) => JsonDocument.Parse(Line(item, "data: ")).RootElement;

    public static string Type(ReplyEvent item) => Line(item, "event: ");

    public static ReplyCursor? Cursor(ReplyEvent item) =>
        item.Cursor is { } cursor ? ReplyCursor.Parse(cursor.ToString()) : null;

    public static string Text(ReplyEvent item) => Encoding.UTF8.GetString(item.Frame.Sse.Span);

    private static string Line(ReplyEvent item, string prefix) =>
        Text(item).Split('\n').First(line => line.StartsWith(prefix, StringComparison.Ordinal))[prefix.Length..];
}
