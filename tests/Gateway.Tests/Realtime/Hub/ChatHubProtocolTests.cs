using System.Buffers;
using System.Text;
using JubileeVerse.Gateway.Errors;
using JubileeVerse.Gateway.Realtime.Hub;
using JubileeVerse.Gateway.Realtime.Hub.Encoding;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Gateway.Tests.Realtime.Hub;

public sealed class ChatHubProtocolTests
{
    private const int MaxBytes = 256;
    private const char RecordEnd = '\x1e';

    private readonly ChatHubProtocol _json = new(
        new JsonHubProtocol(Options.Create(new JsonHubProtocolOptions { PayloadSerializerOptions = HubJson.Options })), MaxBytes);

    private readonly ChatHubProtocol _packed = new(
        new MessagePackHubProtocol(Options.Create(new MessagePackHubProtocolOptions { SerializerOptions = MessagePackResolver.Options })),
        MaxBytes);

    [Fact]
    public void TryParseMessage_CallOfMaxSize_IsParsed()
    {
        var messages = ParseAll(Padded(MaxBytes));

        var call = Assert.IsType<InvocationMessage>(Assert.Single(messages));
        Assert.Equal("Echo", call.Target);
        Assert.Equal("x", Assert.Single(call.Arguments));
    }

    [Fact]
    public void TryParseMessage_OneByteOverMaxSize_ClosesTheConnection()
    {
        var whole = Padded(MaxBytes + 1);

        Assert.Equal(ChatHub.BreakMethod, Assert.IsType<InvocationMessage>(Assert.Single(ParseAll(whole))).Target);
        Assert.Equal(ChatHub.BreakMethod, Assert.IsType<InvocationMessage>(Assert.Single(ParseAll(Padded(MaxBytes + 2)[..^1]))).Target);
        Assert.Empty(ParseAll(whole[..MaxBytes]));
    }

    [Fact]
    public void TryParseMessage_MessagePackCallTooLong_ClosesTheConnection()
    {
        var fits = _packed.GetMessageBytes(new InvocationMessage("1", "Echo", [new string('x', MaxBytes / 2)]));
        var tooLong = _packed.GetMessageBytes(new InvocationMessage("1", "Echo", [new string('x', MaxBytes)]));

        Assert.Equal("Echo", Assert.IsType<InvocationMessage>(Assert.Single(ParseAll(_packed, fits.ToArray()))).Target);
        Assert.Equal(ChatHub.BreakMethod, Assert.IsType<InvocationMessage>(Assert.Single(ParseAll(_packed, tooLong.ToArray()))).Target);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("{}")]
    [InlineData("""{"type":"1"}""")]
    public void TryParseMessage_InvalidFrame_ClosesTheConnectionAndReadsNothingAfterIt(string text)
    {
        var messages = ParseAll(Bytes(text, """{"type":6}"""));

        Assert.Equal(ChatHub.BreakMethod, Assert.IsType<InvocationMessage>(Assert.Single(messages)).Target);
    }

    [Fact]
    public void TryParseMessage_InvalidMessagePack_ClosesTheConnection()
    {
        var message = Assert.Single(ParseAll(_packed, [3, 0xC1, 0xC1, 0xC1]));

        Assert.Equal(ChatHub.BreakMethod, Assert.IsType<InvocationMessage>(message).Target);
    }

    [Theory]
    [InlineData("""{"type":1,"invocationId":"7","target":"Dance","arguments":[]}""", ErrorCode.NotFound)]
    [InlineData("""{"type":1,"invocationId":"7","target":"!refuse","arguments":[{}]}""", ErrorCode.NotFound)]
    [InlineData("""{"type":4,"invocationId":"7","target":"Echo","arguments":["x"]}""", ErrorCode.NotFound)]
    [InlineData("""{"type":1,"invocationId":"7","target":"Echo","arguments":["x"],"streamIds":["1"]}""", ErrorCode.NotFound)]
    [InlineData("""{"type":1,"invocationId":"7","target":"Echo","arguments":[]}""", ErrorCode.InvalidRequest)]
    [InlineData("""{"type":1,"invocationId":"7","target":"Echo","arguments":[1]}""", ErrorCode.InvalidRequest)]
    public void TryParseMessage_InvalidCall_RefusesThatCall(string text, ErrorCode code)
    {
        var messages = ParseAll(Bytes(text, """{"type":6}"""));

        var refusal = Assert.IsType<InvocationMessage>(messages[0]);
        Assert.Equal((ChatHub.RefuseMethod, "7"), (refusal.Target, refusal.InvocationId));
        Assert.Equal(code, Assert.IsType<Problem>(refusal.Arguments[^1]).Code);
        Assert.IsType<PingMessage>(messages[1]);
    }

    [Theory]
    [InlineData("""{"type":99}""")]
    [InlineData("""{"type":2,"invocationId":"7","item":1}""")]
    [InlineData("""{"type":3,"invocationId":"7","result":1}""")]
    [InlineData("""{"type":5,"invocationId":"7"}""")]
    public void TryParseMessage_UnexpectedFrameType_IsCountedAndSkipped(string text)
    {
        var messages = ParseAll(Bytes(text, """{"type":6}"""));

        var refusal = Assert.IsType<InvocationMessage>(messages[0]);
        Assert.Equal((ChatHub.RefuseMethod, null), (refusal.Target, refusal.InvocationId));
        Assert.IsType<PingMessage>(messages[1]);
    }

    private static byte[] Bytes(params string[] records) =>
        Encoding.UTF8.GetBytes(string.Concat(records.Select(record => record + RecordEnd)));

    /// <summary>A call of exactly this many bytes, including the record separator.</summary>
    private static byte[] Padded(int bytes)
    {
        const string call = """{"type":1,"invocationId":"1","target":"Echo","arguments":["x"]""";
        return Bytes(call + new string(' ', bytes - call.Length - 2) + "}");
    }

    private List<HubMessage> ParseAll(byte[] bytes) => ParseAll(_json, bytes);

    private static List<HubMessage> ParseAll(ChatHubProtocol protocol, byte[] bytes)
    {
        var input = new ReadOnlySequence<byte>(bytes);
        var messages = new List<HubMessage>();
        while (!input.IsEmpty && protocol.TryParseMessage(ref input, new Binder(), out var message))
            messages.Add(message);
        return messages;
    }

    /// <summary>A hub with one method that takes one string.</summary>
    private sealed class Binder : IInvocationBinder
    {
        public IReadOnlyList<Type> GetParameterTypes(string methodName) => methodName switch
        {
            "Echo" => [typeof(string)],
            ChatHub.RefuseMethod => [typeof(string), typeof(Problem)],
            _ => throw new HubException("Method does not exist."),
        };

        public Type GetReturnType(string invocationId) => typeof(object);

        public Type GetStreamItemType(string streamId) => typeof(object);
    }
}
