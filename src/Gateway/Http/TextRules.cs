using System.Text.RegularExpressions;
using JubileeVerse.Gateway.Errors;

namespace JubileeVerse.Gateway.Http;

/// <summary>Text validation rules that several requests share.</summary>
internal static partial class TextRules
{
    public const string CleanRule = "Must not contain U+0000 or an unpaired surrogate.";
    public const int MaxLanguageLength = 35;

    /// <summary>True if every store and client can represent the text: it contains neither U+0000 nor an unpaired surrogate.</summary>
    public static bool IsClean(ReadOnlySpan<char> text)
    {
        if (text.Contains('\0'))
            return false;

        for (var i = text.IndexOfAnyInRange('\ud800', '\udfff'); i >= 0 && i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
                return false;
            i++;
        }

        return true;
    }

    public static void Required(Faults faults, string field, string? text, int maxLength)
    {
        if (string.IsNullOrWhiteSpace(text))
            faults.Add(field, "It is required.");
        else
            Optional(faults, field, text, maxLength);
    }

    /// <summary>Null is valid; otherwise 1 to <paramref name="maxLength"/> UTF-16 code units that are not all white space.</summary>
    public static void Optional(Faults faults, string field, string? text, int maxLength)
    {
        if (text is null)
            return;
        faults.AddIf(string.IsNullOrWhiteSpace(text), field, "Must not be blank.");
        faults.AddIf(text.Length > maxLength, field, $"Must be at most {maxLength} characters; it has {text.Length}.");
    }

    public static void Language(Faults faults, string field, string? text) => faults.AddIf(
        text is not null && (text.Length > MaxLanguageLength || !LanguageTag().IsMatch(text)),
        field,
        $"Must be a BCP 47 language tag such as 'en' or 'pt-BR', at most {MaxLanguageLength} characters.");

    [GeneratedRegex("^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$", RegexOptions.CultureInvariant)]
    private static partial Regex LanguageTag();
}
