using System.Text.Json;
using JubileeVerse.Testing.Http;

namespace JubileeVerse.Integration.Tests.Realtime;

/// <summary>
/// A conversation as somebody knows it who has only its channel's frames, and counts what the server must never do: leave something out, say it
/// twice, or forget where they are.
/// </summary>
internal sealed class RebuiltConversation(string id)
{
    private readonly Dictionary<string, StreamedText> _replies = [];
    private readonly List<(long Seq, string Content)> _messages = [];

    public string Id => id;

    public string Channel => $"conversation:{id}";

    public string? Epoch { get; private set; }

    public long Offset { get; private set; }

    /// <summary>Durable events and pieces of text that were not told.</summary>
    public List<string> Lost { get; } = [];

    /// <summary>Durable events and pieces of text that were told again.</summary>
    public List<string> Doubled { get; } = [];

    /// <summary>Questions and answers, in the order of the conversation.</summary>
    public IEnumerable<string> Contents => _messages.OrderBy(message => message.Seq).Select(message => message.Content);

    public IReadOnlyDictionary<string, StreamedText> Replies => _replies;

    public bool IsAnswering => _replies.Values.Any(reply => reply.End is null);

    /// <summary>Where one is: what a subscription says.</summary>
    public object Position => new
    {
        channel = Channel,
        epoch = Epoch,
        offset = Epoch is null ? (long?)null : Offset,
        replies = _replies.Where(reply => reply.Value is { End: null, Text.Length: > 0 })
            .Select(reply => new { replyId = reply.Key, run = reply.Value.Run, textOffset = reply.Value.Text.Length })
            .ToArray(),
    };

    /// <summary>The answer to a subscription: from nowhere at first, from where one was later.</summary>
    public void Begin(JsonElement answer)
    {
        if (answer.GetProperty("error").ValueKind != JsonValueKind.Null)
            throw new InvalidOperationException($"The channel is refused: {answer}");
        var isFirst = Epoch is null;
        if (isFirst)
            (Epoch, Offset) = (answer.GetProperty("epoch").GetString(), answer.GetProperty("offset").GetInt64());
        else if (!answer.GetProperty("recovered").GetBoolean())
            Lost.Add($"At {Offset}: {answer}");
        foreach (var frame in answer.GetProperty("events").EnumerateArray())
            Apply(frame);
    }

    /// <summary>The server has it that there is a reply; its frames follow.</summary>
    public void Expect(string replyId) => _replies.TryAdd(replyId, new StreamedText());

    public void Apply(JsonElement frame)
    {
        var type = frame.GetProperty("type").GetString()!;
        if (type == "gap")
            Lost.Add($"At {Offset}: {frame}");
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
            Doubled.Add($"At {Offset}: {frame}");
            return false;
        }

        if (offset > Offset + 1)
            Lost.Add($"At {Offset}: {frame}");
        Offset = offset;
        return true;
    }

    private void ApplyText(string replyId, ApiEvent frame)
    {
        Expect(replyId);
        var text = _replies[replyId];
        if (text.End is not null || IsHere(text, frame))
            Doubled.Add($"At {Offset}, run {text.Run}, {text.Text.Length} characters, {text.End ?? "no end"}: {frame.Frame}");
        text.Add(frame);
    }

    private static bool IsHere(StreamedText text, ApiEvent frame) => frame.Type switch
    {
        "ai-response-delta" => RunOf(frame) == text.Run && frame.Frame.GetProperty("textOffset").GetInt32() < text.Text.Length,
        "snapshot" => RunOf(frame) == text.Run && text.Text.Length > 0,
        _ => false,
    };

    private static long RunOf(ApiEvent frame) => frame.Frame.GetProperty("run").GetInt64();
}
