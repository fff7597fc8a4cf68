using System.Text.Json;

namespace JubileeVerse.Testing.Http;

/// <summary>
/// Puts a reply's text together from its frames, by the rules of the protocol: a higher run starts again, a lower one is ignored,
/// what is there already is trimmed. A hole is a failure: the server must never leave one.
/// </summary>
public sealed class StreamedText
{
    private long _run = -1;

    /// <summary>Which run the text is of; -1 before there is any.</summary>
    public long Run => _run;

    public string Text { get; private set; } = "";

    /// <summary>Null until the end was told; then the stored text, as the end's frame carries it.</summary>
    public string? EndText { get; private set; }

    /// <summary>The type of the end's frame.</summary>
    public string? End { get; private set; }

    /// <summary>The cursor to come back with.</summary>
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
            throw new InvalidOperationException($"A hole in run {run}: the text has {Text.Length} characters, the next piece begins at {offset}.");
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
