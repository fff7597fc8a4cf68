namespace JubileeVerse.Replies.Builtin;

/// <summary>
/// Chooses among lines: first those that this conversation does not contain, then those that the last reply does not contain. A topic that
/// one line of a reply names is not named again in the same reply.
/// </summary>
internal sealed class LineChooser(SeededRandom dice, IReadOnlyList<string> earlierReplies, string? topic)
{
    private const string TopicMark = "{topic}";
    private const string NoTopic = "what you wrote";

    // A shorter part of a line may occur in another line by chance.
    private const int MinMatchLength = 12;

    private readonly HashSet<string> _chosen = [];
    private bool _isTopicNamed = topic is null;

    public static bool NeedsTopic(string line) => line.Contains(TopicMark, StringComparison.Ordinal);

    /// <summary>Returns a line with the topic inserted, or one without a topic if there is none. Empty if there are no lines.</summary>
    public string Choose(IReadOnlyList<string> lines)
    {
        if (_isTopicNamed && lines.Where(line => !NeedsTopic(line)).ToList() is { Count: > 0 } plain)
            lines = plain;
        lines = [.. lines.Where(line => !_chosen.Contains(line))];
        if (lines.Count == 0)
            return "";
        var fresh = lines.Where(line => !earlierReplies.Any(reply => ContainsLine(reply, line))).ToList();
        if (fresh.Count == 0)
            fresh = [.. lines.Where(line => !ContainsLine(earlierReplies[^1], line))];
        var chosen = dice.Pick(fresh.Count > 0 ? fresh : lines);
        _chosen.Add(chosen);
        _isTopicNamed |= NeedsTopic(chosen);
        return Complete(chosen);
    }

    private string Complete(string line)
    {
        var inserted = topic ?? NoTopic;
        var text = line
            .Replace(". " + TopicMark, ". " + char.ToUpperInvariant(inserted[0]) + inserted[1..], StringComparison.Ordinal)
            .Replace(TopicMark, inserted, StringComparison.Ordinal);
        return char.IsLower(text[0]) ? char.ToUpperInvariant(text[0]) + text[1..] : text;
    }

    // The earlier reply may contain another topic, so only the longest fixed part of the line is compared.
    private static bool ContainsLine(string reply, string line)
    {
        var part = line.Split('{', '}').Where((_, i) => i % 2 == 0).MaxBy(text => text.Length)!.Trim();
        return part.Length >= MinMatchLength && reply.Contains(part, StringComparison.Ordinal);
    }
}
