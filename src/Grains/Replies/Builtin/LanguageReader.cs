using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace JubileeVerse.Replies.Builtin;

/// <summary>Detects input that the prepared lines cannot reply to: other scripts and languages, code and calculations. Pure.</summary>
internal static partial class LanguageReader
{
    // Letters above this code point are not Latin.
    private const char LastLatin = '\u024F';

    // The most common words of German, French, Spanish, Italian and Portuguese, without those that are also English words.
    private static readonly FrozenSet<string> Foreign = (
        "ich bin ist und nicht das ein eine mir mich mein meine wie geht dir du kannst heute sehr auch habe bitte danke wir für auf mit " +
        "je suis tu es est une le la les et pas vous nous mon ma c'est j'ai ça va comment merci pour avec bonjour avez peux pouvez très " +
        "aujourd'hui " +
        "yo soy estoy el los las una y muy hola cómo estás como estas qué que por para gracias mi tengo hoy puedes eres con " +
        "sono ho di il gli che per oggi molto grazie ciao stai sto non mi puoi uma não eu você estou obrigado " +
        "hoje muito bem").Split(' ').ToFrozenSet();

    private static readonly FrozenSet<string> English = FrozenSet.Create(
        "the", "and", "i", "is", "are", "you", "to", "of", "in", "it", "that", "my", "what", "how", "with", "for", "say", "mean", "word",
        "do", "can", "translate");

    public static bool IsOtherScript(string text)
    {
        var letters = text.Count(char.IsLetter);
        return letters > 0 && text.Count(c => char.IsLetter(c) && c > LastLatin) * 2 > letters;
    }

    public static bool IsOtherLanguage(List<string> words)
    {
        var foreign = words.Count(Foreign.Contains);
        return foreign >= 2 && foreign * 4 >= words.Count && words.Count(English.Contains) * 2 < foreign;
    }

    public static bool IsCode(string text) => CodeShape().IsMatch(text);

    public static bool IsSum(string text) => SumShape().IsMatch(text);

    [GeneratedRegex(
        @"```|=>|[;{]\s*$|\);|\bdef \w+\(|\bfunction \w*\(|\bpublic (static |async )|#include" +
        @"|\bselect\b.+\bfrom\b.+\bwhere\b|\breturn \w+;|console\.log|</\w+>",
        RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex CodeShape();

    [GeneratedRegex(
        @"\d\s*([+*/×÷^=]|plus|minus|times|divided by|squared)|\d\s+-\s+\d|\bsquare root of\b|\b(solve|calculate)\b.*\d|\d+\s*% of",
        RegexOptions.IgnoreCase)]
    private static partial Regex SumShape();
}
