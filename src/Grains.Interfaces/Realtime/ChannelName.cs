using System.Text.Json;
using System.Text.Json.Serialization;
using JubileeVerse.Accounts;
using JubileeVerse.Conversations;

namespace JubileeVerse.Realtime;

/// <summary>Names a channel, as <c>kind:key</c>: <c>conversation:{id}</c>, <c>user:{id}</c>, <c>queue:{name}</c>, <c>announcements</c>.</summary>
[GenerateSerializer, Immutable, Alias("ChannelName")]
[JsonConverter(typeof(JsonText))]
public readonly record struct ChannelName([property: Id(0)] string Value)
{
    private const string ConversationPrefix = "conversation:";
    private const string UserPrefix = "user:";
    private const string QueuePrefix = "queue:";

    public static ChannelName Of(ConversationId id) => new(ConversationPrefix + id);

    public static ChannelName Of(UserId id) => new(UserPrefix + id);

    public static ChannelName OfQueue(string name) => new(QueuePrefix + name);

    public override string ToString() => Value;

    internal sealed class JsonText : JsonConverter<ChannelName>
    {
        public override ChannelName Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(reader.GetString() ?? throw new JsonException("Expected a channel name."));

        public override void Write(Utf8JsonWriter writer, ChannelName value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
    }
}
