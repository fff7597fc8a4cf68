using System.Text.RegularExpressions;
using JubileeVerse.Gateway.Errors;

namespace JubileeVerse.Gateway.Http;

/// <summary>Rules for text that several requests share.</summary>
internal static partial class TextRules
{
    public const string CleanRule = "It must not contain U+0000 or half of a surrogate pair.";
    public const int MaxLanguageLength = 35;

    /// <summary>Whether every store and every client can hold the text: no U+0000, no lone surrogate.</summary>
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

    /// <summary>Null is fine; otherwise 1 to <paramref name="maxLength"/> UTF-16 code units that are not all blank.</summary>
    public static void Optional(Faults faults, string field, string? text, int maxLength)
    {
        if (text is null)
            return;
        faults.AddIf(string.IsNullOrWhiteSpace(text), field, "It must not be blank.");
        faults.AddIf(text.Length > maxLength, field, $"At most {maxLength} characters.");
    }

    public static void Language(Faults faults, string field, string? text) => faults.AddIf(
        text is not null && (text.Length > MaxLanguageLength || !LanguageTag().IsMatch(text)),
        field,
        "A BCP 47 language tag such as 'en' or 'pt-BR' is expected.");

    [GeneratedRegex("^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$", RegexOptions.CultureInvariant)]
    private static partial Regex LanguageTag();
}
