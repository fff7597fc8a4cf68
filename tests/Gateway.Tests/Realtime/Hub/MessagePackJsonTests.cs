using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using JubileeVerse.Gateway.Realtime.Connections;
using JubileeVerse.Gateway.Realtime.Feeds;
using JubileeVerse.Gateway.Realtime.Hub.Encoding;
using JubileeVerse.Gateway.Realtime.Subscriptions;
using JubileeVerse.Gateway.Tests.Realtime.Feeds;
using JubileeVerse.Realtime;
using MessagePack;

namespace JubileeVerse.Gateway.Tests.Realtime.Hub;

public sealed class MessagePackJsonTests
{
    /// <summary>Any JSON of limited depth. Fractions have few digits so that each number has one textual form.</summary>
    private static readonly Gen<JsonNode?> Json = Gen.Recursive<JsonNode?>((depth, inner) => depth > 3 ? Leaf : Gen.OneOf(
        Leaf,
        inner.Array[0, 4].Select(items => (JsonNode?)new JsonArray([.. items.Select(item => item?.DeepClone())])),
        Gen.Select(Name, inner).Array[0, 4].Select(fields => (JsonNode?)new JsonObject(
            fields.DistinctBy(field => field.Item1).Select(field => KeyValuePair.Create(field.Item1, field.Item2?.DeepClone()))))));

    private static Gen<string> Name => Gen.Char['a', 'z'].Array[0, 40].Select(letters => new string(letters));

    private static Gen<JsonNode?> Leaf => Gen.OneOf(
        Gen.Const((JsonNode?)null),
        Gen.Bool.Select(value => (JsonNode?)JsonValue.Create(value)),
        Gen.Long.Select(value => (JsonNode?)JsonValue.Create(value)),
        Gen.Int[-100_000, 100_000].Select(value => (JsonNode?)JsonValue.Create(value / 8.0)),
        Gen.OneOf(Gen.Char[' ', '~'], Gen.Char['\u00e0', '\u2fff'])
            .Array[0, 300].Select(value => (JsonNode?)JsonValue.Create(new string(value))));

    [Fact]
    public void Pack_AnyJson_RoundTripsWithOursAndMessagePacksReader()
    {
        var token = TestContext.Current.CancellationToken;
        Json.Sample(node =>
        {
            var json = JsonSerializer.SerializeToUtf8Bytes(node);
            var packed = MessagePackJson.Pack(json);

            var theirs = MessagePackSerializer.ConvertToJson(packed, cancellationToken: token);
            Assert.True(JsonElement.DeepEquals(JsonElement.Parse(json), JsonElement.Parse(theirs)), $"It was packed as {theirs}");
            Assert.True(
                JsonElement.DeepEquals(JsonElement.Parse(json), JsonElement.Parse(Read(packed).Span)), "It was not read as it was packed.");
        });
    }

    [Fact]
    public void Pack_Frame_KeepsThePropertyOrder()
    {
        var frame = new SharedFrame(Frames.Completed(4_294_967_297, "Text – with 😀."));

        var text = MessagePackSerializer.ConvertToJson(
            frame.Packed(MessagePackJson.Pack), cancellationToken: TestContext.Current.CancellationToken);

        var (json, packed) = (JsonElement.Parse(frame.Json.Span), JsonElement.Parse(text));
        Assert.True(JsonElement.DeepEquals(json, packed), text);
        Assert.Equal(json.EnumerateObject().Select(field => field.Name), packed.EnumerateObject().Select(field => field.Name));
    }

    [Fact]
    public void Read_LargestNumbers_AreExact()
    {
        var token = TestContext.Current.CancellationToken;
        Assert.Equal(
            ulong.MaxValue.ToString(CultureInfo.InvariantCulture),
            Text(MessagePackSerializer.Serialize(ulong.MaxValue, cancellationToken: token)));
        Assert.Equal(
            long.MinValue.ToString(CultureInfo.InvariantCulture),
            Text(MessagePackSerializer.Serialize(long.MinValue, cancellationToken: token)));
    }

    [Theory]
    [InlineData(new byte[] { 0xC4, 1, 7 }, "bytes")]
    [InlineData(new byte[] { 0xD4, 1, 7 }, "an extension")]
    [InlineData(new byte[] { 0x81, 1, 1 }, "a map whose key is a number")]
    [InlineData(new byte[] { 0xCB, 0x7F, 0xF8, 0, 0, 0, 0, 0, 0 }, "not a number")]
    public void Read_ValueWithoutJsonEquivalent_Throws(byte[] packed, string what)
    {
        var exception = Record.Exception(() => Read(packed));

        Assert.True(exception is JsonException, $"{what}: {exception}");
    }

    [Fact]
    public void Read_DeepNesting_ThrowsBeforeTheStackOverflows()
    {
        byte[] packed = [.. Enumerable.Repeat((byte)0x91, 60_000), 0xC0];

        Assert.Throws<InsufficientExecutionStackException>(() => Read(packed));
    }

    [Fact]
    public void Serialize_FrameBurst_IsAnArrayOfItsFramesInBothFormats()
    {
        var burst = new FrameBurst();
        burst.Add(new SharedFrame(Frames.Delta(1, 0, "a")), null);
        burst.Add(new SharedFrame(Frames.Completed(1, "ab")), null);

        var json = JsonSerializer.SerializeToElement(burst, HubJson.Options);
        var packed = MessagePackSerializer.Serialize(burst, MessagePackResolver.Options, TestContext.Current.CancellationToken);

        Assert.Equal(
            ["ai-response-delta", "ai-response-complete"], json.EnumerateArray().Select(frame => frame.GetProperty("type").GetString()));
        Assert.True(JsonElement.DeepEquals(json, JsonElement.Parse(Read(packed).Span)));
    }

    [Fact]
    public void Serialize_SubscribeResult_IsTheSameInBothFormats()
    {
        SubscribeResult[] results =
        [
            new(
                Frames.Channel,
                Recovered: true,
                "e",
                7,
                [new SharedFrame(Frames.Failed()), new SharedFrame(Frames.Completed(1, "ab"))],
                null),
            SubscribeResult.Refused(ChannelName.Announcements, "not-found"),
        ];

        var json = JsonSerializer.SerializeToElement(results, HubJson.Options);
        var packed = MessagePackSerializer.Serialize(results, MessagePackResolver.Options, TestContext.Current.CancellationToken);

        Assert.Equal("ai-response-error", json[0].GetProperty("events")[0].GetProperty("type").GetString());
        Assert.True(JsonElement.DeepEquals(json, JsonElement.Parse(Read(packed).Span)), json.ToString());
    }

    [Fact]
    public void Message_SameFrame_IsCreatedOnce()
    {
        var frame = new SharedFrame(Frames.Delta(1, 0, "a"));

        Assert.Same(frame.Message, frame.Message);
    }

    private static string Text(byte[] packed) => System.Text.Encoding.UTF8.GetString(Read(packed).Span);

    private static ReadOnlyMemory<byte> Read(byte[] packed)
    {
        var reader = new MessagePackReader(new ReadOnlySequence<byte>(packed));
        return MessagePackJson.Read(ref reader, MessagePackSecurity.UntrustedData);
    }
}
