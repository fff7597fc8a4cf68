using System.Text.Json;
using JubileeVerse.Testing.Http;

namespace JubileeVerse.Integration.Tests.Realtime;

/// <summary>
/// A conversation that is rebuilt from its channel's frames alone. It counts what the server must never do: leave something out, repeat it,
/// or lose the client's position.
/// </summary>
internal sealed class RebuiltConversation(string id)
{
    private readonly Dictionary<string, StreamedText> _replies = [];
    private readonly List<(long Seq, string Content)> _messages = [];

    public string Id => id;

    public string Channel => $"conversation:{id}";

    public string? Epoch { get; private set; }

    public long Offset { get; private set; }

    /// <summary>Durable events and pieces of text that were not delivered.</summary>
    public List<string> Missing { get; } = [];

    /// <summary>Durable events and pieces of text that were delivered more than once.</summary>
    public List<string> Duplicates { get; } = [];

    /// <summary>The messages of the user and of the personas, in the conversation's order.</summary>
    public IEnumerable<string> Contents => _messages.OrderBy(message => message.Seq).Select(message => message.Content);

    public IReadOnlyDictionary<string, StreamedText> Replies => _replies;

    public bool HasOpenReply => _replies.Values.Any(reply => reply.End is null);

    /// <summary>The position that a subscription sends.</summary>
    public object Position => new
    {
        channel = Channel,
        epoch = Epoch,
        offset = Epoch is null ? (long?)null : Offset,
        replies = _replies.Where(reply => reply.Value is { End: null, Text.Length: > 0 })
            .Select(reply => new { replyId = reply.Key, run = reply.Value.Run, textOffset = reply.Value.Text.Length })
            .ToArray(),
    };

    /// <summary>Applies the result of a subscription: the first one sets the position, a later one must be recovered.</summary>
    public void ApplySubscription(JsonElement result)
    {
        if (result.GetProperty("error").ValueKind != JsonValueKind.Null)
            throw new InvalidOperationException($"The channel is refused: {result}");
        var isFirst = Epoch is null;
        if (isFirst)
            (Epoch, Offset) = (result.GetProperty("epoch").GetString(), result.GetProperty("offset").GetInt64());
        else if (!result.GetProperty("recovered").GetBoolean())
            Missing.Add($"At {Offset}: {result}");
        foreach (var frame in result.GetProperty("events").EnumerateArray())
            Apply(frame);
    }

    /// <summary>Registers a reply that the server has accepted; its frames follow.</summary>
    public void Expect(string replyId) => _replies.TryAdd(replyId, new StreamedText());

    public void Apply(JsonElement frame)
    {
        var type = frame.GetProperty("type").GetString()!;
        if (type == "gap")
            Missing.Add($"At {Offset}: {frame}");
        if (frame.TryGetProperty("offset", out var offset) && !IsNext(frame, offset.GetInt64()))
            return;
        if (frame.TryGetProperty("replyId", out var reply))
            ApplyText(reply.GetString()!, new ApiEvent(null, type, frame));
        if (frame.TryGetProperty("message", out var message) && message.ValueKind == JsonValueKind.Object)
            _messages.Add((message.GetProperty("seq").GetInt64(), message.GetProperty("content").GetString()!));
    }

    private bool IsNext(JsonElement frame, long offset)
    {
        Epoch ??= frame.GetProperty("epoch").GetString();
        if (offset <= Offset || frame.GetProperty("epoch").GetString() != Epoch)
        {
            Duplicates.Add($"At {Offset}: {frame}");
            return false;
        }

        if (offset > Offset + 1)
            Missing.Add($"At {Offset}: {frame}");
        Offset = offset;
        return true;
    }

    private void ApplyText(string replyId, ApiEvent frame)
    {
        Expect(replyId);
        var text = _replies[replyId];
        if (text.End is not null || IsDuplicate(text, frame))
            Duplicates.Add($"At {Offset}, run {text.Run}, {text.Text.Length} characters, {text.End ?? "no end"}: {frame.Frame}");
        text.Add(frame);
    }

    private static bool IsDuplicate(StreamedText text, ApiEvent frame) => frame.Type switch
    {
        "ai-response-delta" => RunOf(frame) == text.Run && frame.Frame.GetProperty("textOffset").GetInt32() < text.Text.Length,
        "snapshot" => RunOf(frame) == text.Run && text.Text.Length > 0,
        _ => false,
    };

    private static long RunOf(ApiEvent frame) => frame.Frame.GetProperty("run").GetInt64();
}
