using System.Collections.Frozen;

namespace JubileeVerse.Replies.Builtin;

/// <summary>Detects the user's mood from the words of a message. Pure.</summary>
internal static class FeelingReader
{
    private static readonly FrozenSet<string> Heavy = FrozenSet.Create(
        "sad", "tired", "anxious", "lonely", "stressed", "afraid", "scared", "overwhelmed", "worried", "hopeless", "nervous", "exhausted",
        "depressed",
        "ashamed", "heartbroken", "miserable", "homesick", "drained", "unhappy", "devastated", "burnt-out");

    // Words that name a feeling only next to an "I" or a "feel": a fridge can be empty and a plot can be stuck.
    private static readonly FrozenSet<string> HeavyBesideI = FrozenSet.Create(
        "alone", "angry", "lost", "hurt", "empty", "guilty", "frustrated", "jealous", "upset", "stuck", "restless", "terrible", "awful",
        "down", "numb", "useless", "stupid", "worthless", "crying");

    private static readonly FrozenSet<string> Light = FrozenSet.Create(
        "happy", "excited", "proud", "grateful", "relieved", "joyful", "hopeful", "delighted", "thrilled", "glad", "overjoyed");

    private static readonly FrozenSet<string> LightBesideI = FrozenSet.Create(
        "calm", "content", "peaceful", "amazing", "wonderful", "great", "fantastic", "good");

    private static readonly FrozenSet<string> Besides = FrozenSet.Create(
        "i", "i'm", "im", "i've", "feel", "feeling", "feels", "felt", "me", "am");

    private static readonly FrozenSet<string> Own = FrozenSet.Create("i", "i'm", "im", "i've", "me", "my", "feel", "feeling", "our", "we");

    private static readonly FrozenSet<string> Negations = FrozenSet.Create(
        "not", "never", "no", "isn't", "don't", "wasn't", "can't", "hardly");

    private static readonly string[] Griefs = ["died", "passed away", "grieving", "grief", "funeral", "had to put down"];

    private static readonly string[] HardEvents =
    [
        "long day", "hard day", "rough day", "bad day", "tough day", "terrible day", "awful day", "horrible day", "stressful day",
        "long week", "hard week", "rough week", "bad week", "tough week",
        "bad night", "rough night", "hard time", "rough time", "bad news", "lost my", "got fired", "was fired", "been fired", "laid off",
        "broke up", "left me", "dumped me", "divorce", "had a fight", "big fight",
        "failed", "was rejected", "got rejected", "cancer", "in hospital", "in the hospital", "miscarriage", "is very ill", "is very sick",
        "is sick", "is ill",
    ];

    private static readonly string[] Pleas =
    [
        "kind word", "cheer me up", "cheering up", "need a hug", "comfort me", "need comfort", "just listen", "someone to talk to",
        "somebody to talk to", "no one to talk to", "nobody to talk to",
        "burned out", "burnt out", "worn out", "can't sleep", "cannot sleep", "can't fall asleep", "cannot fall asleep", "can't cope",
        "cannot cope", "too much for me", "not okay", "not ok", "not doing well",
        "not feeling well", "not feeling good", "not feeling great", "feel bad", "feel so bad", "feeling down", "feel down",
        "feel like crying", "can't stop crying", "want to cry", "fed up", "hate my life", "nobody likes me",
        "no one likes me", "hate my", "hate it here", "can't stand", "not happy at all", "miss my", "miss him", "miss her",
        "head will not stop", "head won't stop", "giving up", "all alone",
    ];

    private static readonly string[] GoodEvents =
    [
        "got the job", "got a job", "got promoted", "a promotion", "passed my", "passed the", "got engaged", "getting married",
        "good news", "great news", "went well", "was born", "had a baby", "it worked", "good day",
        "great day", "best day", "wonderful day", "got accepted", "was accepted", "in love", "i won", "we won", "i did it",
        "finally finished",
    ];

    /// <summary>Returns the mood and the word that names it; null if there is none or a reply must not repeat it.</summary>
    public static (Mood Mood, string? Feeling) Read(List<string> words)
    {
        var joined = $" {string.Join(' ', words)} ";
        var isShort = words.Count <= 3;
        if (Has(joined, Pleas) || joined.EndsWith("not happy ", StringComparison.Ordinal))
            return (Has(joined, HardEvents) ? Mood.HeavyEvent : Mood.Heavy, Repeatable(FindFeeling(words, Heavy, HeavyBesideI, isShort)));
        if (!isShort && !words.Any(Own.Contains))
            return Has(joined, GoodEvents) ? (Mood.Light, null) : (Mood.Even, null);
        if (words.Any(Own.Contains) && Has(joined, Griefs))
            return (Mood.Grief, null);
        if (Has(joined, HardEvents))
            return (Mood.HeavyEvent, Repeatable(FindFeeling(words, Heavy, HeavyBesideI, isShort)));
        if (FindFeeling(words, Heavy, HeavyBesideI, isShort) is { } heavy)
            return (Mood.Heavy, Repeatable(heavy));
        if (FindFeeling(words, Light, LightBesideI, isAlone: false) is { } light)
            return (Mood.Light, light);
        return Has(joined, GoodEvents) ? (Mood.Light, null) : (Mood.Even, null);
    }

    // Excludes words that a reply must not repeat, such as "stupid".
    private static string? Repeatable(string? feeling) =>
        feeling is not null && (Heavy.Contains(feeling) || feeling is "alone" or "angry" or "hurt" or "upset" or "frustrated")
            ? feeling
            : null;

    // "I am not happy" negates its word; no feeling is better than the wrong one.
    private static string? FindFeeling(List<string> words, FrozenSet<string> plain, FrozenSet<string> besideI, bool isAlone)
    {
        for (var i = 0; i < words.Count; i++)
        {
            var before = words.Take(i).TakeLast(3).ToList();
            var isNamed = plain.Contains(words[i]) || (besideI.Contains(words[i]) && IsAboutUser(words, i, before, isAlone));
            if (isNamed && !before.Any(Negations.Contains))
                return words[i];
        }

        return null;
    }

    // Matches "I feel good" and "I am so angry", but not "I want a good recipe" or "I am stuck in a wonderful book".
    private static bool IsAboutUser(List<string> words, int i, List<string> before, bool isAlone) =>
        (isAlone || before.Any(Besides.Contains))
        && !before.Any(word => word is "a" or "an" or "the" or "my" or "your")
        && (i + 1 == words.Count
            || words[i] is not ("great" or "good" or "amazing" or "wonderful" or "lost" or "down" or "stuck" or "empty")
            || words[i + 1] is "today" or "about" or "and" or "because" or "right" or "now" or "lately");

    private static bool Has(string joined, string[] phrases) =>
        phrases.Any(phrase => joined.Contains($" {phrase} ", StringComparison.Ordinal));
}
