using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace JubileeVerse.Replies.Builtin;

/// <summary>Detects messages that address the persona itself or refer to its last reply. Pure.</summary>
internal static partial class AddressReader
{
    private const int MaxFollowUpWords = 4;

    private static readonly string[] WhoAreYou =
    [
        "who are you", "who're you", "what's your name", "what is your name", "your name", "tell me about yourself", "introduce yourself",
        "about yourself", "what can you do", "what do you do", "what can i ask", "what can we talk",
        "what can you help", "what should i ask", "how can you help", "how do you work", "how does this work", "what is this",
        "can you help me", "i need help", "help me", "help",
    ];

    private static readonly string[] HowAreYou =
    [
        "how are you", "how are you doing", "how are things", "how's it going", "how is it going", "how do you do", "how do you feel",
        "how's your day", "how is your day", "how was your day", "what's up", "whats up",
        "are you ok", "are you okay", "are you well",
    ];

    private static readonly FrozenSet<string> Yes = FrozenSet.Create(
        "yes", "yeah", "yep", "yup", "sure", "ok", "okay", "right", "exactly", "true", "please", "absolutely", "definitely", "indeed",
        "agreed", "alright", "y", "k", "kk");

    private static readonly FrozenSet<string> YesFillers = FrozenSet.Create(
        "yes", "please", "i", "do", "would", "that", "that's", "it", "is", "of", "course", "all", "very", "much", "so", "let's", "go",
        "like");

    private static readonly string[] No =
        ["no", "nope", "nah", "not really", "no thanks", "not yet", "not now", "no i don't", "never", "n"];

    private static readonly string[] Unsure =
        [
            "maybe", "perhaps", "i don't know", "i dont know", "i do not know", "don't know", "dont know", "idk", "dunno", "not sure",
            "i'm not sure", "im not sure", "i am not sure", "hm", "hmm", "hmmm", "i guess", "it depends", "no idea",
        ];

    private static readonly string[] More =
    [
        "why", "why not", "why is that", "why that", "how", "how so", "how come", "tell me more", "more", "go on", "continue", "and",
        "and then", "and then what", "what then", "so", "so what", "really", "what do you mean",
        "what does that mean", "what else", "for example", "such as", "say more", "keep going", "and now", "what now", "like what", "what",
    ];

    public static Intent? Read(List<string> words, string joined)
    {
        if (words.Count is > 0 and <= MaxFollowUpWords + 1 && FollowUp(words, joined) is { } followUp)
            return followUp;

        // "Can you help me with my taxes" asks about the taxes, not about the persona.
        if (WhoAreYou.Any(phrase => joined == phrase
            || joined.EndsWith(" " + phrase, StringComparison.Ordinal)
            || (joined.StartsWith(phrase, StringComparison.Ordinal) && words.Count <= 8 && !HelpWith().IsMatch(joined))))
            return Intent.WhoAreYou;
        if (words.Count <= 8 && HowAreYou.Any(phrase => $"{joined} ".Contains(phrase + " ", StringComparison.Ordinal)))
            return Intent.HowAreYou;
        return OfYou().IsMatch(joined) ? Intent.AboutYou : null;
    }

    private static Intent? FollowUp(List<string> words, string joined) =>
        No.Contains(joined) ? Intent.No
        : Unsure.Contains(joined) ? Intent.Unsure
        : More.Contains(joined) || joined.EndsWith("tell me more", StringComparison.Ordinal) ? Intent.More
        : (Yes.Contains(words[0]) || joined is "of course" or "that's right" or "go ahead" or "i do" or "let's do it")
            && words.Skip(1).All(word => Yes.Contains(word) || YesFillers.Contains(word)) ? Intent.Yes
        : null;

    [GeneratedRegex(
        "^(can you help me|i need help|help me|help|what can you help|how can you help) .*"
        + "\\b(with|to|find|write|plan|choose|my|the|a|an|in|prepare|name|build|learn|understand)\\b")]
    private static partial Regex HelpWith();

    // Does not match "what would you do" and "what do you think", which ask for advice, nor "do you know", which asks about what follows.
    [GeneratedRegex(
        @"\b(your (own )?(favou?rite|hobby|hobbies|dream|biggest|family|story)" +
        @"|(what|who|how|where) (helps|makes|inspires|calms|scares|drives|relaxes) you" +
        @"|have you ever|where (are you from|do you (live|come from))|how old are you" +
        @"|(what|which|who|how|when|where) do you (most |really |usually )?" +
        @"(like|love|enjoy|hate|eat|read|dream|miss|want|rest|relax|sleep|spend|live|listen|fear|unwind)" +
        @"|do you (ever |also |really |sometimes )?(like|love|enjoy|sleep|dream|eat|feel|miss" +
        @"|have (a|any|friends|feelings|dreams|family|hobbies|pets|children)" +
        @"|get (tired|lonely|bored|sad|angry)|live|rest|cry|laugh|pray|drink|play|sing|cook)" +
        @"|are you (ever |sometimes |also )?(happy|lonely|tired|sad|bored|married|single|old|young|busy|free|afraid|scared)" +
        @"|what about you|and you|and yourself)\b")]
    private static partial Regex OfYou();
}
