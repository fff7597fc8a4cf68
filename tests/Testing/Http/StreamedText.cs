using System.Text.Json;

namespace JubileeVerse.Testing.Http;

/// <summary>
/// Assembles a reply's text from its frames by the rules of the protocol: a higher run starts again, a lower one is ignored, and text that
/// is already there is trimmed. A gap is an error, because the server must never leave one.
/// </summary>
public sealed class StreamedText
{
    private long _run = -1;

    /// <summary>The run of the text; -1 before there is any text.</summary>
    public long Run => _run;

    public string Text { get; private set; } = "";

    /// <summary>The stored text that the end frame carries; null before that.</summary>
    public string? EndText { get; private set; }

    /// <summary>The type of the end frame; null before that.</summary>
    public string? End { get; private set; }

    /// <summary>The cursor for resuming the stream.</summary>
    public string? LastEventId { get; private set; }

    public void Add(ApiEvent item)
    {
        LastEventId = item.Id ?? LastEventId;
        switch (item.Type)
        {
            case "snapshot":
                StartRun(RunOf(item.Frame), TextOf(item.Frame));
                break;
            case "ai-response-started" when RunOf(item.Frame) > _run:
                StartRun(RunOf(item.Frame), "");
                break;
            case "ai-response-delta":
                AddDelta(RunOf(item.Frame), item.Frame.GetProperty("textOffset").GetInt32(), TextOf(item.Frame));
                break;
            default:
                AddEnd(item);
                break;
        }
    }

    private void AddEnd(ApiEvent item)
    {
        if (!item.IsEnd)
            return;
        End = item.Type;
        EndText = item.Frame.TryGetProperty("message", out var message) ? message.GetProperty("content").GetString() : TextOf(item.Frame);
    }

    private void AddDelta(long run, int offset, string text)
    {
        if (run < _run)
            return;
        if (run > _run)
            StartRun(run, "");
        if (offset > Text.Length)
            throw new InvalidOperationException(
                $"A gap in run {run}: the text has {Text.Length} characters, the next piece begins at {offset}.");
        if (offset + text.Length > Text.Length)
            Text += text[(Text.Length - offset)..];
    }

    private void StartRun(long run, string text)
    {
        _run = run;
        Text = text;
    }

    private static long RunOf(JsonElement frame) => frame.GetProperty("run").GetInt64();

    private static string TextOf(JsonElement frame) => frame.GetProperty("text").GetString()!;
}
