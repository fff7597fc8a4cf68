using System.Collections.Frozen;

namespace JubileeVerse.Replies.Builtin;

/// <summary>
/// Finds the topic of a message: a noun with its attributes, rewritten from the persona's point of view (<c>my garden</c> becomes
/// <c>your garden</c>). No topic is better than a wrong one.
/// </summary>
internal static class TopicFinder
{
    private const int MaxWords = 3;
    private const int MaxWordLength = 30;

    private static readonly char[] Breaks = ['.', '!', '?', ',', ';', ':', '\n', '(', ')', '"', '“', '”'];

    private static readonly FrozenSet<string> Mine = FrozenSet.Create("my", "our");

    private static readonly FrozenSet<string> Articles = FrozenSet.Create("a", "an", "one", "the", "this", "that", "his", "her", "their");

    private static readonly FrozenSet<string> Introducers = FrozenSet.Create(
        "my", "our", "a", "an", "the", "this", "that", "his", "her", "their", "about", "for", "with", "of", "at", "in", "no", "and",
        "from", "on", "after");

    // Words that are followed by a verb.
    private static readonly FrozenSet<string> VerbsFollow = FrozenSet.Create(
        "i", "you", "we", "they", "he", "she", "it", "who", "to", "can", "could", "will", "would", "should", "must", "might", "don't",
        "can't", "cannot", "not", "never", "please", "let's", "didn't", "won't", "doesn't", "just", "people", "always", "often", "really",
        "still");

    private static readonly FrozenSet<string> ObjectsFollow = FrozenSet.Create(
        "me", "this", "that", "a", "an", "the", "my", "our", "one", "two", "three", "it", "us", "him", "her", "them");

    // Adjectives that make a day a topic.
    private static readonly FrozenSet<string> DayWords = FrozenSet.Create(
        "long", "hard", "rough", "tough", "bad", "busy", "stressful", "terrible", "awful", "horrible", "wonderful", "great", "good",
        "difficult", "sleepless");

    public static List<string> WordsOf(string text)
    {
        var words = new List<string>();
        var start = -1;
        for (var i = 0; i <= text.Length; i++)
        {
            var isInWord = i < text.Length && (char.IsLetterOrDigit(text[i]) || (start >= 0 && text[i] is '\'' or '’' or '-'));
            if (isInWord && start < 0)
                start = i;
            if (!isInWord && start >= 0)
            {
                words.Add(text[start..i].TrimEnd('\'', '’', '-'));
                start = -1;
            }
        }

        return words;
    }

    /// <summary>Returns null if the message has no phrase that reads well after "about".</summary>
    public static string? Find(string text)
    {
        // In a message that is all upper case, capitals do not mark names.
        if (text.Any(char.IsLower) == false)
            text = text.ToLowerInvariant();

        string? best = null;
        var bestScore = 0;
        foreach (var sentence in text.Split(Breaks))
        {
            var words = WordsOf(sentence);
            var lower = words.ConvertAll(word => word.ToLowerInvariant().Replace('’', '\''));
            for (var start = 0; start < words.Count; start++)
            {
                var (topic, score, length) = At(words, lower, start);
                if (topic is null)
                    continue;
                if (score > bestScore)
                    (best, bestScore) = (topic, score);
                start += length - 1;
            }
        }

        return best;
    }

    /// <summary>True for <c>your sister</c> and <c>your old boss</c>.</summary>
    public static bool IsPerson(string topic) => TopicWords.People.Contains(topic[(topic.LastIndexOf(' ') + 1)..].ToLowerInvariant());

    /// <summary>True for <c>your long day</c>.</summary>
    public static bool IsDay(string topic) => topic.Split(' ') is [_, _, "day" or "week" or "night" or "month" or "year"];

    private static (string? Topic, int Score, int Length) At(List<string> words, List<string> lower, int start)
    {
        // Skips "become a …": the user names a wish and not an existing person.
        if (start > 1 && lower[start - 2] is "become" or "be" && lower[start - 1] is "a" or "an")
            return (null, 0, 0);
        if (start + 1 < lower.Count && DayWords.Contains(lower[start])
            && lower[start + 1] is "day" or "week" or "night" or "month" or "year")
            return ($"your {lower[start]} {lower[start + 1]}", 16, 2);
        if (lower[start] == "free" && start + 1 < lower.Count && lower[start + 1] == "will")
            return ("free will", 16, 2);
        if (lower[start] is "work" && start > 0 && lower[start - 1] is "at" or "my" or "about" or "from" or "after")
            return (lower[start - 1] == "my" ? "your work" : "work", lower[start - 1] is "my" or "about" ? 12 : 6, 1);

        var adjectives = Enumerable.Range(start, lower.Count - start).TakeWhile(i => TopicWords.IsAdjective(lower[i])).Count();
        var nouns = Enumerable.Range(start + adjectives, lower.Count - start - adjectives)
            .TakeWhile(i => IsTopicNoun(words, lower, i, start + adjectives))
            .Take(MaxWords - Math.Min(1, adjectives))
            .Count();
        var end = WithoutVerb(lower, start + adjectives, start + adjectives + nouns);
        if (end == start + adjectives)
        {
            return adjectives == 0 && TopicWords.Activities.TryGetValue(lower[start], out var activity)
                ? (activity, 4 + activity.Length, 1)
                : (null, 0, 0);
        }

        if (end + 1 < lower.Count && lower[end] == "of" && IsTopicNoun(words, lower, end + 1, end))
            end += 2;
        var before = start > 0 ? lower[start - 1] : "";
        var first = start + adjectives - (Mine.Contains(before) || Articles.Contains(before) ? Math.Min(1, adjectives) : 0);
        return (Rephrase(words, before, first, end), Score(lower, before, start + adjectives, end), end - start);
    }

    private static int Score(List<string> words, string before, int start, int end)
    {
        var isAbout = words.Take(start).TakeLast(2).Contains("about");
        var weight = before switch
        {
            "my" or "our" => 7,
            "about" => 2,
            "his" or "her" or "their" => 4,
            "for" or "with" or "a" or "an" or "the" => 2,
            _ => 0,
        };

        // Things are preferred to people as a topic: "my job" to "my parents".
        var isSomebody = TopicWords.People.Contains(words[end - 1]);
        return weight + (isAbout ? 6 : 0) - (isSomebody ? 4 : 0)
            + Math.Min(7, words.Skip(start).Take(end - start).Sum(word => word.Length));
    }

    private static string Rephrase(List<string> words, string before, int first, int end)
    {
        var phrase = string.Join(
            ' ', words.Take(end).Skip(first).Select((word, i) => (first + i == 0 ? LowerFirst(word) : word).Replace('’', '\'')));
        return Mine.Contains(before) ? $"your {phrase}"
            : Articles.Contains(before) ? $"{(before is "his" or "her" or "their" ? before : "the")} {phrase}"
            : phrase;
    }

    // "My dog barks at night": a last word in -s before one of these words is probably a verb.
    private static int WithoutVerb(List<string> words, int start, int end)
    {
        if (end - start > 1 && end < words.Count && words[end - 1].EndsWith('s') && !words[end - 1].EndsWith("ss", StringComparison.Ordinal)
            && words[end] is "at" or "my" or "me" or "to" or "the" or "a" or "on" or "that" or "too" or "so" or "very")
            end--;
        while (end > start
            && (words[end - 1].EndsWith("'s", StringComparison.Ordinal)
                || (end - start == 1 && TopicWords.Generic.Contains(words[start]))))
            end--;
        return end;
    }

    private static bool IsTopicNoun(List<string> words, List<string> lower, int i, int first)
    {
        var word = lower[i];
        if (word.Length is <= 1 or > MaxWordLength || TopicWords.Plain.Contains(word) || char.IsDigit(word[0])
            || (word.Length == 2 && !char.IsUpper(words[i][1])))
            return false;
        if (TopicWords.Generic.Contains(word))
            return i > first;
        if (IsVerb(words, lower, i) || TopicWords.Adjectives.Contains(word))
            return false;
        if (TopicWords.IsNoun(word))
            return true;

        // A word in -ing is a noun after "the" or "about" (about cooking) and otherwise a verb (I was planning).
        if (word.EndsWith("ing", StringComparison.Ordinal))
            return i > 0 && Introducers.Contains(lower[i - 1]);
        return !TopicWords.LooksLikeVerbOrAdverb(word) && !TopicWords.IsAdjective(word);
    }

    // By position: after a pronoun or "to", or first before an object ("Name this class"). Names are exempt ("to Paris").
    private static bool IsVerb(List<string> words, List<string> lower, int i) =>
        i == 0
            ? lower.Count > 1 && ObjectsFollow.Contains(lower[1])
            : VerbsFollow.Contains(lower[i - 1]) && !char.IsUpper(words[i][0]);

    // The first word of a sentence is capitalized by rule; further capitals ("SQL") are intentional.
    private static string LowerFirst(string word) =>
        word.Length > 1 && char.IsUpper(word[1]) ? word : char.ToLowerInvariant(word[0]) + word[1..];
}
