using JubileeVerse.Personas;
using Microsoft.Extensions.AI;

namespace JubileeVerse.Replies.Builtin;

/// <summary>
/// Composes one reply of <see cref="MinWords"/> to <see cref="MaxWords"/> words from a persona's lines: an opening, knowledge of the topic
/// or a reflection, a reference to an earlier topic if there is one, and a question. Lines that earlier replies contain are used last.
/// </summary>
internal sealed class BuiltinReplyWriter
{
    public const int MinWords = 40;
    public const int MaxWords = 120;

    private readonly string _name;
    private readonly PersonaVoice _voice;
    private readonly ConversationContext _context;
    private readonly LineChooser _lines;
    private readonly SeededRandom _dice;
    private readonly string? _topic;
    private readonly List<string> _parts = [];

    private BuiltinReplyWriter(BuiltinSpeaker speaker, IReadOnlyList<ChatMessage> conversation)
    {
        (_name, _voice) = (speaker.Name, speaker.Voice);
        _context = new ConversationContext(conversation);
        _dice = new SeededRandom(
            [speaker.Name, speaker.Variation, .. _context.Messages.SelectMany(message => new[] { message.Role.Value, message.Text })]);

        // Lines with {topic} treat the topic as a thing, so they must not get a person.
        _topic = _context.Topic is { } topic && !TopicFinder.IsPerson(topic) ? topic : null;
        _lines = new LineChooser(_dice, _context.Replies, _topic);
    }

    public static string Write(BuiltinSpeaker speaker, IReadOnlyList<ChatMessage> conversation) =>
        new BuiltinReplyWriter(speaker, conversation).Write();

    private string Write()
    {
        switch (_context.Reading.Intent)
        {
            case Intent.Danger:
                return InsertName(BuiltinPhrases.Danger);
            case Intent.OtherScript:
                return InsertName(BuiltinPhrases.OtherScript);
            case Intent.OtherLanguage:
                return InsertName(BuiltinPhrases.OtherLanguage);
            case Intent.WhatAreYou:
                Add(_dice.Pick(BuiltinPhrases.WhatIAm), BuiltinPhrases.WhatIAmLater);
                return End(BuiltinPhrases.Beginnings);
            case Intent.WhoAreYou:
                Add(_lines.Choose(BuiltinPhrases.MyName), _lines.Choose(_voice.Introductions), _lines.Choose(_voice.Introductions));
                return End(BuiltinPhrases.Beginnings);
            case Intent.HowAreYou or Intent.AboutYou:
                return AboutMyself();
            case Intent.Greeting:
                Add(_dice.Pick(_context.Replies.Count == 0 ? BuiltinPhrases.Greetings : BuiltinPhrases.GreetingsAgain));
                Fill(
                    _context.Replies.Count == 0 ? _voice.Introductions : _voice.Reflections,
                    MinWords - ShortestOf(BuiltinPhrases.Beginnings));
                return End(BuiltinPhrases.Beginnings);
            case Intent.Thanks:
                Add(_lines.Choose(BuiltinPhrases.Welcomes), _lines.Choose(_voice.Reflections));
                AddEarlierTopic(BuiltinPhrases.Remembrances, oneIn: 1);
                return End(BuiltinPhrases.AfterThanks);
            case Intent.Goodbye:
                Add(_lines.Choose(BuiltinPhrases.Goodbyes));
                AddEarlierTopic(BuiltinPhrases.Remembrances, oneIn: 1);
                Fill(_voice.Reflections, MinWords);
                return Text();
            case Intent.Yes or Intent.No or Intent.Unsure or Intent.More:
                Add(_lines.Choose(_context.Subject.IsHeavy
                    ? BuiltinPhrases.HeavyFollowUps
                    : BuiltinPhrases.FollowUps[_context.Reading.Intent]));
                return _context.Subject.IsHeavy ? RespondWithComfort() : RespondToTopic();
            case Intent.HeavyFeeling:
                return RespondWithComfort();
            case Intent.LightFeeling:
                return RespondWithJoy();
            case Intent.Code or Intent.Sum:
                Add(_context.Reading.Intent == Intent.Code ? BuiltinPhrases.Code : BuiltinPhrases.Sum);
                return RespondToTopic();
            default:
                Add(Opening());
                return RespondToTopic();
        }
    }

    // Comfort first, then the rest; no knowledge lines after a death.
    private string RespondWithComfort()
    {
        var mood = _context.Subject.Mood;
        var canBeNamed = mood == Mood.Grief || (mood == Mood.HeavyEvent && _topic is not null);
        if (canBeNamed && !_context.Reading.IsFollowUp && _context.Topic is { } topic)
        {
            var phrases = TopicFinder.IsDay(topic) ? BuiltinPhrases.DayBehind : BuiltinPhrases.Sorry;
            Add(_lines.Choose(phrases).Replace("{what}", topic, StringComparison.Ordinal));
        }

        Add(_lines.Choose(_voice.Comforts));
        if (_context.Reading.Feeling is { } feeling)
            Add(_lines.Choose(BuiltinPhrases.HeavyFeelings).Replace("{feeling}", feeling, StringComparison.Ordinal));
        if (mood != Mood.Grief)
            Add(_lines.Choose(FindKnowledge()));
        Fill([.. _voice.Comforts, .. BuiltinPhrases.Comforts], MinWords - ShortestOf(BuiltinPhrases.GentleQuestions));
        return End(BuiltinPhrases.GentleQuestions);
    }

    private string RespondWithJoy()
    {
        Add(_lines.Choose(_voice.Joys), _lines.Choose(BuiltinPhrases.LightFeelings));
        return End(BuiltinPhrases.GladQuestions);
    }

    private string AboutMyself()
    {
        Add(_lines.Choose(_context.Reading.Intent == Intent.HowAreYou ? BuiltinPhrases.HowIAm : BuiltinPhrases.AboutMyself));
        var matching = _voice.Nature
            .Where(line => TopicFinder.WordsOf(line).Exists(word => IsNatureWord(word) && _context.Reading.Words.Contains(word)))
            .ToList();
        Add(_lines.Choose(matching.Count > 0 ? matching : _voice.Nature), _lines.Choose(FindKnowledge()));
        Fill(_voice.Nature, MinWords - ShortestOf(BuiltinPhrases.ReturnQuestions));
        return End(BuiltinPhrases.ReturnQuestions);
    }

    // Knowledge of the topic, otherwise a reflection. The persona's own questions fit its knowledge only.
    private string RespondToTopic()
    {
        var knowledge = _lines.Choose(FindKnowledge());
        var isOwn = knowledge.Length > 0 || _context.Topic is null;
        if (!isOwn && _context.Reading.Intent == Intent.Question)
            Add(_lines.Choose(BuiltinPhrases.NoKnowledge));
        Add(knowledge);
        AddEarlierTopic(BuiltinPhrases.TopicReturns, oneIn: 3);
        Add(_lines.Choose(_voice.Reflections));
        return End(isOwn ? _voice.Questions : BuiltinPhrases.OpenQuestions);
    }

    // The words of a question that select a line about the persona: "rest" matches "rest", but "what" and "have" match nothing.
    private static bool IsNatureWord(string word) => word is "like" or "love" or "rest" or "sleep" or "favourite" or "happy" or "enjoy"
        or "tired" or "friends" or "home" or "hobby" or "calms" or "music";

    // A matching pair of words is more specific than a single word.
    private string[] FindKnowledge()
    {
        var words = _context.Subject.Words;
        var known = _voice.Knowledge.Where(knowledge => knowledge.Words.Any(words.Contains)).ToList();
        var exact = known.Where(knowledge => knowledge.Words.Any(word => word.Contains(' ') && words.Contains(word))).ToList();
        return [.. (exact.Count > 0 ? exact : known).SelectMany(knowledge => knowledge.Lines)];
    }

    // An opening names the topic; if there is none, it may quote the user's message.
    private string Opening()
    {
        if (_context.Reading.Topic is { } topic)
        {
            return _topic is null
                ? _lines.Choose(BuiltinPhrases.PersonOpenings).Replace("{who}", topic, StringComparison.Ordinal)
                : _lines.Choose([.. _voice.Openings.Where(LineChooser.NeedsTopic)]);
        }

        string[] plain =
        [
            .. _voice.Openings.Where(line => !LineChooser.NeedsTopic(line)),
            .. (_context.Reading.Intent == Intent.Question ? BuiltinPhrases.QuestionOpenings : BuiltinPhrases.StatementOpenings),
        ];
        return _context.Reading.Intent == Intent.Statement && Quote() is { } quote && _dice.OneIn(2)
            ? _lines.Choose(BuiltinPhrases.Quotes).Replace("{quote}", quote, StringComparison.Ordinal)
            : _lines.Choose(plain);
    }

    private void AddEarlierTopic(string[] phrases, int oneIn)
    {
        if (_context.EarlierTopic is { } earlier && _dice.OneIn(oneIn))
            Add(_lines.Choose(phrases).Replace("{earlier}", earlier, StringComparison.Ordinal));
    }

    private string End(IReadOnlyList<string> questions)
    {
        Fill(_voice.Reflections, MinWords - ShortestOf(questions));
        Add(_lines.Choose(questions));
        Fill(_voice.Reflections, MinWords);
        return Text();
    }

    private void Fill(IReadOnlyList<string> lines, int words)
    {
        while (CountWords() < words && _lines.Choose(lines) is { Length: > 0 } line)
            Add(line);
    }

    private static int ShortestOf(IReadOnlyList<string> lines) =>
        lines.Select(line => WordSplitter.Split(line).Count).DefaultIfEmpty().Min();

    private void Add(params ReadOnlySpan<string> lines)
    {
        foreach (var line in lines)
        {
            if (line.Length > 0 && CountWords() + WordSplitter.Split(line).Count <= MaxWords)
                _parts.Add(InsertName(line));
        }
    }

    // Only a short message is quoted: very few words mean too little, and a partial sentence reads badly.
    private string? Quote()
    {
        const int MinQuoteWords = 4;
        const int MaxQuoteWords = 10;
        return WordSplitter.Split(_context.NewestMessage.Trim()).Count is >= MinQuoteWords and <= MaxQuoteWords
            ? _context.NewestMessage.Trim().TrimEnd('.', '!', '?', ',').ReplaceLineEndings(" ")
            : null;
    }

    private string InsertName(string line) => line.Replace("{name}", _name, StringComparison.Ordinal);

    private int CountWords() => _parts.Sum(part => WordSplitter.Split(part).Count);

    // A persona of an operator may have no lines; it still replies.
    private string Text() => _parts.Count > 0 ? string.Join(' ', _parts) : InsertName(BuiltinPhrases.NoVoice);
}
