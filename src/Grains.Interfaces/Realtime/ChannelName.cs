using System.Text.Json;
using System.Text.Json.Serialization;
using JubileeVerse.Accounts;
using JubileeVerse.Conversations;
using JubileeVerse.Identity;

namespace JubileeVerse.Realtime;

/// <summary>
/// The name of a channel, as <c>kind:key</c>: <c>conversation:{id}</c>, <c>user:{id}</c>, <c>queue:{name}</c>, <c>channel:{name}</c>; and
/// <c>announcements</c>. A channel has exactly one name, which is in its frames and is used for all look-ups. Therefore an id in upper case
/// or with surrounding spaces is not a valid name.
/// </summary>
[GenerateSerializer, Immutable, Alias("ChannelName")]
[JsonConverter(typeof(JsonText))]
public readonly record struct ChannelName([property: Id(0)] string Value)
{
    /// <summary>Maximum length of a valid name.</summary>
    public const int MaxLength = 200;

    private const string ConversationPrefix = "conversation:";
    private const string UserPrefix = "user:";
    private const string QueuePrefix = "queue:";
    private const string NamedPrefix = "channel:";

    public static ChannelName Announcements { get; } = new("announcements");

    public ChannelKind Kind => this switch
    {
        { Value: null } => ChannelKind.Unknown,
        _ when Value == Announcements.Value => ChannelKind.Announcements,
        _ when IsId<ConversationId>(KeyAfter(ConversationPrefix)) => ChannelKind.Conversation,
        _ when IsId<UserId>(KeyAfter(UserPrefix)) => ChannelKind.User,
        _ when KeyAfter(QueuePrefix) is { Length: > 0 } => ChannelKind.Queue,
        _ when KeyAfter(NamedPrefix) is { Length: > 0 } => ChannelKind.Named,
        _ => ChannelKind.Unknown,
    };

    /// <summary>The part after the kind; empty for a channel that is the only one of its kind.</summary>
    public string Key => Value.IndexOf(':') is var colon and >= 0 ? Value[(colon + 1)..] : "";

    public static ChannelName For(ConversationId id) => new(ConversationPrefix + id);

    public static ChannelName For(UserId id) => new(UserPrefix + id);

    public static ChannelName ForQueue(string name) => new(QueuePrefix + name);

    public static ChannelName ForNamed(string name) => new(NamedPrefix + name);

    public override string ToString() => Value;

    /// <summary>True only for the canonical text of an id, not for every text that can be parsed.</summary>
    private static bool IsId<T>(string? key)
        where T : struct, IId<T> => IId<T>.TryParseText(key, out var id) && id.ToString() == key;

    private string? KeyAfter(string prefix) =>
        Value.Length <= MaxLength && Value.StartsWith(prefix, StringComparison.Ordinal) ? Value[prefix.Length..] : null;

    internal sealed class JsonText : JsonConverter<ChannelName>
    {
        public override ChannelName Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(reader.GetString() ?? throw new JsonException("Expected a channel name."));

        public override void Write(Utf8JsonWriter writer, ChannelName value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Value);
    }
}
