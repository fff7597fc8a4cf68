using System.Text.Json;
using System.Text.Json.Serialization;
using JubileeVerse.Accounts;
using JubileeVerse.Conversations;
using JubileeVerse.Identity;

namespace JubileeVerse.Realtime;

/// <summary>
/// Names a channel, as <c>kind:key</c>: <c>conversation:{id}</c>, <c>user:{id}</c>, <c>queue:{name}</c>, <c>channel:{name}</c>; and <c>announcements</c>.
/// A channel has one name, which is what frames carry and what everybody finds it by: an id in capitals or with blanks around it is no name.
/// </summary>
[GenerateSerializer, Immutable, Alias("ChannelName")]
[JsonConverter(typeof(JsonText))]
public readonly record struct ChannelName([property: Id(0)] string Value)
{
    /// <summary>Characters of the longest name that is looked at.</summary>
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

    /// <summary>What follows the kind; empty for a channel that is the only one of its kind.</summary>
    public string Key => Value.IndexOf(':') is var colon and >= 0 ? Value[(colon + 1)..] : "";

    public static ChannelName Of(ConversationId id) => new(ConversationPrefix + id);

    public static ChannelName Of(UserId id) => new(UserPrefix + id);

    public static ChannelName OfQueue(string name) => new(QueuePrefix + name);

    public static ChannelName OfNamed(string name) => new(NamedPrefix + name);

    public override string ToString() => Value;

    /// <summary>As ids print themselves, and not only as they can be read.</summary>
    private static bool IsId<T>(string? key)
        where T : struct, IId<T> => IId<T>.TryParseText(key, out var id) && id.ToString() == key;

    private string? KeyAfter(string prefix) =>
        Value.Length <= MaxLength && Value.StartsWith(prefix, StringComparison.Ordinal) ? Value[prefix.Length..] : null;

    internal sealed class JsonText : JsonConverter<ChannelName>
    {
        public override ChannelName Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(reader.GetString() ?? throw new JsonException("Expected a channel name."));

        public override void Write(Utf8JsonWriter writer, ChannelName value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
    }
}
