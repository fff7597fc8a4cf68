using JubileeVerse.Personas;
using Microsoft.Extensions.AI;

namespace JubileeVerse.Replies.Builtin;

/// <summary>
/// Writes one answer of <see cref="MinWords"/> to <see cref="MaxWords"/> words out of a persona's lines: an opening, what it knows or
/// makes of the matter, a look back where there is something to look back at, and a question. Lines that it has said before wait their turn.
/// </summary>
internal sealed class BuiltinAnswer
{
    public const int MinWords = 40;
    public const int MaxWords = 120;

    private readonly string _name;
    private readonly PersonaVoice _voice;
    private readonly Talk _talk;
    private readonly LineChooser _lines;
    private readonly Dice _dice;
    private readonly string? _topic;
    private readonly List<string> _parts = [];

    private BuiltinAnswer(BuiltinSpeaker speaker, IReadOnlyList<ChatMessage> conversation)
    {
        (_name, _voice) = (speaker.Name, speaker.Voice);
        _talk = new Talk(conversation);
        _dice = new Dice([speaker.Name, speaker.Variation, .. _talk.Said.SelectMany(message => new[] { message.Role.Value, message.Text })]);

        // Nobody's sister is set down on a table.
        _topic = _talk.Topic is { } topic && !TopicFinder.IsSomebody(topic) ? topic : null;
        _lines = new LineChooser(_dice, _talk.Answers, _topic);
    }

    public static string Write(BuiltinSpeaker speaker, IReadOnlyList<ChatMessage> conversation) => new BuiltinAnswer(speaker, conversation).Write();

    private string Write()
    {
        switch (_talk.Reading.Intent)
        {
            case Intent.Danger:
                return Name(BuiltinPhrases.Danger);
            case Intent.OtherScript:
                return Name(BuiltinPhrases.OtherScript);
            case Intent.OtherLanguage:
                return Name(BuiltinPhrases.OtherLanguage);
            case Intent.WhatAreYou:
                Say(_dice.Pick(BuiltinPhrases.WhatIAm), BuiltinPhrases.WhatIAmLater);
                return End(BuiltinPhrases.Beginnings);
            case Intent.WhoAreYou:
                Say(_lines.Choose(BuiltinPhrases.MyName), _lines.Choose(_voice.Introductions), _lines.Choose(_voice.Introductions));
                return End(BuiltinPhrases.Beginnings);
            case Intent.HowAreYou or Intent.AboutYou:
                return OfMyself();
            case Intent.Greeting:
                Say(_dice.Pick(_talk.Answers.Count == 0 ? BuiltinPhrases.Greetings : BuiltinPhrases.GreetingsAgain));
                Fill(_talk.Answers.Count == 0 ? _voice.Introductions : _voice.Reflections, MinWords - ShortestOf(BuiltinPhrases.Beginnings));
                return End(BuiltinPhrases.Beginnings);
            case Intent.Thanks:
                Say(_lines.Choose(BuiltinPhrases.Welcomes), _lines.Choose(_voice.Reflections));
                LookBack(BuiltinPhrases.Keeps, oneIn: 1);
                return End(BuiltinPhrases.AfterThanks);
            case Intent.Goodbye:
                Say(_lines.Choose(BuiltinPhrases.Farewells));
                LookBack(BuiltinPhrases.Keeps, oneIn: 1);
                Fill(_voice.Reflections, MinWords);
                return Text();
            case Intent.Yes or Intent.No or Intent.Unsure or Intent.More:
                Say(_lines.Choose(_talk.Subject.IsHeavy ? BuiltinPhrases.HeavyFollowUps : BuiltinPhrases.FollowUps[_talk.Reading.Intent]));
                return _talk.Subject.IsHeavy ? Comfort() : Matter();
            case Intent.HeavyFeeling:
                return Comfort();
            case Intent.LightFeeling:
                return Joy();
            case Intent.Code or Intent.Sum:
                Say(_talk.Reading.Intent == Intent.Code ? BuiltinPhrases.Code : BuiltinPhrases.Sum);
                return Matter();
            default:
                Say(Opening());
                return Matter();
        }
    }

    // First warmth, then the rest; knowledge only where it does not step on a grief.
    private string Comfort()
    {
        var mood = _talk.Subject.Mood;
        var canBeNamed = mood == Mood.Grief || (mood == Mood.HeavyEvent && _topic is not null);
        if (canBeNamed && !_talk.Reading.IsFollowUp && _talk.Topic is { } topic)
            Say(_lines.Choose(TopicFinder.IsDay(topic) ? BuiltinPhrases.DayBehind : BuiltinPhrases.Sorry).Replace("{what}", topic, StringComparison.Ordinal));
        Say(_lines.Choose(_voice.Comforts));
        if (_talk.Reading.Feeling is { } feeling)
            Say(_lines.Choose(BuiltinPhrases.HeavyFeelings).Replace("{feeling}", feeling, StringComparison.Ordinal));
        if (mood != Mood.Grief)
            Say(_lines.Choose(Known()));
        Fill([.. _voice.Comforts, .. BuiltinPhrases.Comforts], MinWords - ShortestOf(BuiltinPhrases.GentleQuestions));
        return End(BuiltinPhrases.GentleQuestions);
    }

    private string Joy()
    {
        Say(_lines.Choose(_voice.Joys), _lines.Choose(BuiltinPhrases.LightFeelings));
        return End(BuiltinPhrases.GladQuestions);
    }

    private string OfMyself()
    {
        Say(_lines.Choose(_talk.Reading.Intent == Intent.HowAreYou ? BuiltinPhrases.HowIAm : BuiltinPhrases.OfMyself));
        var asked = _voice.Nature.Where(line => TopicFinder.WordsOf(line).Exists(word => IsAskedWord(word) && _talk.Reading.Words.Contains(word))).ToList();
        Say(_lines.Choose(asked.Count > 0 ? asked : _voice.Nature), _lines.Choose(Known()));
        Fill(_voice.Nature, MinWords - ShortestOf(BuiltinPhrases.ReturnQuestions));
        return End(BuiltinPhrases.ReturnQuestions);
    }

    // What the persona knows about the matter, else what it makes of it. Its own questions fit what it knows about.
    private string Matter()
    {
        var known = _lines.Choose(Known());
        var isOwn = known.Length > 0 || _talk.Topic is null;
        if (!isOwn && _talk.Reading.Intent == Intent.Question)
            Say(_lines.Choose(BuiltinPhrases.NoKnowledge));
        Say(known);
        LookBack(BuiltinPhrases.Returns, oneIn: 3);
        Say(_lines.Choose(_voice.Reflections));
        return End(isOwn ? _voice.Questions : BuiltinPhrases.OpenQuestions);
    }

    // "Rest" in the question looks for "rest" in the answer; "what" and "have" look for nothing.
    private static bool IsAskedWord(string word) => word is "like" or "love" or "rest" or "sleep" or "favourite" or "happy" or "enjoy" or "tired" or "friends" or "home" or "hobby" or "calms" or "music";

    // Two words that are known together say more than one.
    private string[] Known()
    {
        var words = _talk.Subject.Words;
        var known = _voice.Knowledge.Where(knowledge => knowledge.Words.Any(words.Contains)).ToList();
        var exact = known.Where(knowledge => knowledge.Words.Any(word => word.Contains(' ') && words.Contains(word))).ToList();
        return [.. (exact.Count > 0 ? exact : known).SelectMany(knowledge => knowledge.Lines)];
    }

    // An opening speaks of the topic; where there is none, the person's own words are said back.
    private string Opening()
    {
        if (_talk.Reading.Topic is { } topic)
        {
            return _topic is null
                ? _lines.Choose(BuiltinPhrases.OfSomebody).Replace("{who}", topic, StringComparison.Ordinal)
                : _lines.Choose([.. _voice.Openings.Where(LineChooser.NeedsTopic)]);
        }

        string[] plain = [.. _voice.Openings.Where(line => !LineChooser.NeedsTopic(line)), .. (_talk.Reading.Intent == Intent.Question ? BuiltinPhrases.Asked : BuiltinPhrases.Heard)];
        return _talk.Reading.Intent == Intent.Statement && Quote() is { } quote && _dice.OneIn(2)
            ? _lines.Choose(BuiltinPhrases.Quotes).Replace("{quote}", quote, StringComparison.Ordinal)
            : _lines.Choose(plain);
    }

    private void LookBack(string[] phrases, int oneIn)
    {
        if (_talk.Earlier is { } earlier && _dice.OneIn(oneIn))
            Say(_lines.Choose(phrases).Replace("{earlier}", earlier, StringComparison.Ordinal));
    }

    private string End(IReadOnlyList<string> questions)
    {
        Fill(_voice.Reflections, MinWords - ShortestOf(questions));
        Say(_lines.Choose(questions));
        Fill(_voice.Reflections, MinWords);
        return Text();
    }

    private void Fill(IReadOnlyList<string> lines, int words)
    {
        while (Words() < words && _lines.Choose(lines) is { Length: > 0 } line)
            Say(line);
    }

    private static int ShortestOf(IReadOnlyList<string> lines) => lines.Select(line => WordPieces.Of(line).Count).DefaultIfEmpty().Min();

    private void Say(params ReadOnlySpan<string> lines)
    {
        foreach (var line in lines)
        {
            if (line.Length > 0 && Words() + WordPieces.Of(line).Count <= MaxWords)
                _parts.Add(Name(line));
        }
    }

    // A few of somebody's words can be said back; two are too few to mean something, and a half sentence reads badly.
    private string? Quote()
    {
        const int MinQuoteWords = 4;
        const int MaxQuoteWords = 10;
        return WordPieces.Of(_talk.Newest.Trim()).Count is >= MinQuoteWords and <= MaxQuoteWords
            ? _talk.Newest.Trim().TrimEnd('.', '!', '?', ',').ReplaceLineEndings(" ")
            : null;
    }

    private string Name(string line) => line.Replace("{name}", _name, StringComparison.Ordinal);

    private int Words() => _parts.Sum(part => WordPieces.Of(part).Count);

    // An operator's own persona may have no lines at all: it still answers.
    private string Text() => _parts.Count > 0 ? string.Join(' ', _parts) : Name(BuiltinPhrases.NoVoice);
}
