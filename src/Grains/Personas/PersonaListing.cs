using System.Globalization;
using JubileeVerse.Errors;
using JubileeVerse.Paging;

namespace JubileeVerse.Personas;

/// <summary>Filters and pages the catalog. Pure.</summary>
internal static class PersonaListing
{
    // "Santiago" also matches "santiágo", because users often type without accents.
    private const CompareOptions IgnoreCaseAndAccents = CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace;

    public static Page<Persona> List(PersonaSnapshot snapshot, PersonaFilter filter, PageRequest page)
    {
        if (page.Limit is < 1 or > PageRequest.MaxLimit)
            throw JubileeException.Invalid("limit", $"Must be from 1 to {PageRequest.MaxLimit}; it is {page.Limit}.");

        var after = page.After is null ? (PersonaSortKey?)null : PersonaSortKey.FromCursor(page.After);
        var matches = snapshot.Ordered
            .Where(persona => after is not { } key || PersonaSortKey.From(persona).CompareTo(key) > 0)
            .Where(persona => Matches(persona.Profile.Persona, filter))
            .Take(page.Limit + 1)
            .ToList();

        var hasMore = matches.Count > page.Limit;
        var items = hasMore ? matches[..page.Limit] : matches;
        return new Page<Persona>(
            [.. items.Select(persona => persona.Profile.Persona)],
            hasMore ? PersonaSortKey.From(items[^1]).ToCursor() : null);
    }

    private static bool Matches(Persona persona, PersonaFilter filter) =>
        (filter.Category is not { } category || string.Equals(persona.Category, category, StringComparison.OrdinalIgnoreCase))
        && (filter.Featured is not { } featured || persona.IsFeatured == featured)
        && (filter.Language is not { } language || persona.Languages.Any(offered => MatchesLanguage(offered, language)))
        && (filter.Text is not { } text
            || Contains(persona.Name, text) || Contains(persona.Title, text) || Contains(persona.ShortBio, text));

    // "es" matches "es-MX" and vice versa.
    private static bool MatchesLanguage(string offered, string requested) =>
        IsWithin(offered, requested) || IsWithin(requested, offered);

    private static bool IsWithin(string tag, string range) =>
        tag.StartsWith(range, StringComparison.OrdinalIgnoreCase) && (tag.Length == range.Length || tag[range.Length] == '-');

    private static bool Contains(string text, string part) =>
        CultureInfo.InvariantCulture.CompareInfo.IndexOf(text, part, IgnoreCaseAndAccents) >= 0;
}
