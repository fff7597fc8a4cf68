namespace JubileeVerse.Replies.Builtin;

/// <summary>
/// Chooses among lines: first those not said in this conversation, then those not said in the last answer. A topic that one line of an
/// answer has named is not named again.
/// </summary>
internal sealed class LineChooser(Dice dice, IReadOnlyList<string> earlierAnswers, string? topic)
{
    private const string TopicMark = "{topic}";
    private const string NoTopic = "what you wrote";

    // A shorter piece of a line may stand in another one by chance.
    private const int TellingLength = 12;

    private readonly HashSet<string> _chosen = [];
    private bool _isTopicNamed = topic is null;

    public static bool NeedsTopic(string line) => line.Contains(TopicMark, StringComparison.Ordinal);

    /// <summary>With its topic in place; where there is none, a line that does without. Empty where there are no lines.</summary>
    public string Choose(IReadOnlyList<string> lines)
    {
        if (_isTopicNamed && lines.Where(line => !NeedsTopic(line)).ToList() is { Count: > 0 } plain)
            lines = plain;
        lines = [.. lines.Where(line => !_chosen.Contains(line))];
        if (lines.Count == 0)
            return "";
        var fresh = lines.Where(line => !earlierAnswers.Any(answer => Holds(answer, line))).ToList();
        if (fresh.Count == 0)
            fresh = [.. lines.Where(line => !Holds(earlierAnswers[^1], line))];
        var chosen = dice.Pick(fresh.Count > 0 ? fresh : lines);
        _chosen.Add(chosen);
        _isTopicNamed |= NeedsTopic(chosen);
        return Complete(chosen);
    }

    private string Complete(string line)
    {
        var said = topic ?? NoTopic;
        var text = line
            .Replace(". " + TopicMark, ". " + char.ToUpperInvariant(said[0]) + said[1..], StringComparison.Ordinal)
            .Replace(TopicMark, said, StringComparison.Ordinal);
        return char.IsLower(text[0]) ? char.ToUpperInvariant(text[0]) + text[1..] : text;
    }

    // The topic was another one then, so only the line's longest fixed part can be found again.
    private static bool Holds(string answer, string line)
    {
        var part = line.Split('{', '}').Where((_, i) => i % 2 == 0).MaxBy(text => text.Length)!.Trim();
        return part.Length >= TellingLength && answer.Contains(part, StringComparison.Ordinal);
    }
}
