using System.Text.RegularExpressions;

namespace JubileeVerse.Rules;

/// <summary>
/// A BCP 47 language tag: the <c>langtag</c> of RFC 5646, 2.1, such as <c>en</c>, <c>pt-BR</c>, <c>zh-Hant-TW</c>, <c>sl-rozaj-biske</c>,
/// <c>de-DE-u-co-phonebk</c> and <c>en-x-mine</c>. <c>en-a-x</c> is none, because a singleton needs a subtag.
/// The language has 2 or 3 letters, because the grammar's 4 to 8 letters are reserved and no such language is registered: <c>english</c>
/// is a mistake. Tags of private use only (<c>x-mine</c>) and irregular grandfathered tags (<c>i-klingon</c>) are not accepted, because
/// they name no language that a model could be asked for. Subtags are not looked up in the registry.
/// </summary>
public static partial class LanguageTag
{
    public static readonly string Rule =
        $"Must be a BCP 47 language tag such as 'en' or 'pt-BR', at most {InputLimits.MaxLanguageTagLength} characters.";

    public static string? FindFault(string? tag) =>
        tag is { Length: <= InputLimits.MaxLanguageTagLength } && Shape().IsMatch(tag) ? null : Rule;

    // The parts: language, extended languages, script, region, variants, extensions, private use.
    // The end is \z, because $ also matches before a final line feed, and the tag becomes a part of a prompt.
    [GeneratedRegex(
        "^[A-Za-z]{2,3}(?:-[A-Za-z]{3}){0,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|[0-9]{3}))?"
        + "(?:-(?:[A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*(?:-[0-9A-WY-Za-wy-z](?:-[A-Za-z0-9]{2,8})+)*(?:-[Xx](?:-[A-Za-z0-9]{1,8})+)?\\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}
