using System.Collections.Frozen;

namespace JubileeVerse.Replies.Builtin;

/// <summary>Analyzes a message by its words. Pure.</summary>
internal static class MessageReader
{
    private static readonly string[] Danger =
        [
            "kill myself", "killing myself", "suicid", "end my life", "ending my life", "want to die", "hurt myself", "hurting myself",
            "harm myself", "self-harm", "don't want to live", "do not want to live",
        ];

    private static readonly string[] WhatAreYou =
        [
            "are you an ai", "are you ai", "are you a bot", "are you a robot", "are you human", "are you a human", "are you real",
            "are you a real", "are you a person", "are you a machine", "language model", "chatgpt", "are you alive", "what model",
            "which model", "what are you", "are you chatgpt", "am i talking to a", "real person",
        ];

    private static readonly FrozenSet<string> Greetings = FrozenSet.Create(
        "hello", "hi", "hey", "hiya", "greetings", "morning", "afternoon", "evening", "howdy", "hallo", "hola", "bonjour", "ciao", "salut",
        "yo", "heya");

    private static readonly FrozenSet<string> GreetingFillers = FrozenSet.Create(
        "good", "there", "you", "all", "everyone", "again", "my", "friend", "dear", "to", "a", "nice", "meet", "very", "oh", "well");

    private static readonly FrozenSet<string> Thanks = FrozenSet.Create("thanks", "thank", "thx", "cheers", "appreciate", "ty");

    private static readonly FrozenSet<string> Goodbyes = FrozenSet.Create("bye", "goodbye", "goodnight", "farewell", "cya");

    private static readonly string[] GoodbyePhrases =
        ["good night", "see you", "talk later", "talk to you later", "until tomorrow", "got to go", "have to go", "gotta go"];

    private static readonly FrozenSet<string> Askers = FrozenSet.Create(
        "what", "why", "how", "when", "where", "who", "which", "can", "could", "would", "should", "do", "does", "did", "is", "are", "will",
        "explain", "tell");

    public static MessageReading Read(string text)
    {
        var words = TopicFinder.WordsOf(text);
        var lower = words.ConvertAll(word => word.ToLowerInvariant().Replace('’', '\''));
        var (mood, feeling) = FeelingReader.Read(lower);
        var intent = IntentOf(text, string.Join(' ', lower), lower, mood);

        // Only these intents have a topic; "bye" is none.
        var topic = intent is Intent.Question or Intent.Statement or Intent.HeavyFeeling or Intent.LightFeeling
            ? TopicFinder.Find(text)
            : null;
        return new MessageReading(intent, topic, mood, feeling, lower.Concat(lower.Zip(lower.Skip(1), (a, b) => $"{a} {b}")).ToFrozenSet());
    }

    private static Intent IntentOf(string text, string joined, List<string> words, Mood mood)
    {
        if (ContainsAny(joined, Danger))
            return Intent.Danger;
        if (LanguageReader.IsOtherScript(text))
            return Intent.OtherScript;
        if (ContainsAny(joined, WhatAreYou))
            return Intent.WhatAreYou;
        if (LanguageReader.IsCode(text))
            return Intent.Code;
        if (LanguageReader.IsOtherLanguage(words))
            return Intent.OtherLanguage;
        if (LanguageReader.IsSum(text))
            return Intent.Sum;

        // A greeting at the start of a longer message is ignored.
        var content = words.SkipWhile(word => Greetings.Contains(word) || word is "good" or "there").ToList();
        var isQuestion = text.Contains('?');
        if (words.Count <= 8 && !isQuestion && words.Any(Thanks.Contains))
            return Intent.Thanks;
        if (words.Count <= 8 && !isQuestion && (words.Any(Goodbyes.Contains) || ContainsAny(joined, GoodbyePhrases)))
            return Intent.Goodbye;
        if (words.Count <= 6 && words.Any(Greetings.Contains) && mood == Mood.Even
            && (content.Count <= 1 || content.All(GreetingFillers.Contains)))
            return Intent.Greeting;
        if (content.Count > 0 && AddressReader.Read(content, string.Join(' ', content)) is { } addressed
            && (mood == Mood.Even || addressed == Intent.AboutYou))
            return addressed;
        if (mood != Mood.Even)
            return mood == Mood.Light ? Intent.LightFeeling : Intent.HeavyFeeling;
        return isQuestion || (words.Count > 1 && Askers.Contains(content.FirstOrDefault(words[0]))) ? Intent.Question : Intent.Statement;
    }

    private static bool ContainsAny(string text, string[] parts) => parts.Any(part => text.Contains(part, StringComparison.Ordinal));
}
