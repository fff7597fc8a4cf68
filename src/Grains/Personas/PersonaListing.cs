using System.Globalization;
using JubileeVerse.Errors;
using JubileeVerse.Paging;

namespace JubileeVerse.Personas;

/// <summary>Pages of the catalogue. Pure.</summary>
internal static class PersonaListing
{
    // "Santiago" finds "santiágo" too: people search as they type.
    private const CompareOptions Loosely = CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace;

    public static Page<Persona> List(PersonaSnapshot snapshot, PersonaFilter filter, PageRequest page)
    {
        if (page.Limit is < 1 or > PageRequest.MaxLimit)
            throw JubileeException.Invalid("limit", $"It must be 1 to {PageRequest.MaxLimit}.");

        var after = page.After is null ? (PersonaPlace?)null : PersonaPlace.FromCursor(page.After);
        var found = snapshot.Ordered
            .Where(persona => after is not { } place || PersonaPlace.Of(persona).CompareTo(place) > 0)
            .Where(persona => Matches(persona.Profile.Persona, filter))
            .Take(page.Limit + 1)
            .ToList();

        var hasMore = found.Count > page.Limit;
        var shown = hasMore ? found[..page.Limit] : found;
        return new Page<Persona>(
            [.. shown.Select(persona => persona.Profile.Persona)],
            hasMore ? PersonaPlace.Of(shown[^1]).ToCursor() : null);
    }

    private static bool Matches(Persona persona, PersonaFilter filter) =>
        (filter.Category is not { } category || string.Equals(persona.Category, category, StringComparison.OrdinalIgnoreCase))
        && (filter.Featured is not { } featured || persona.IsFeatured == featured)
        && (filter.Language is not { } language || persona.Languages.Any(spoken => Speaks(spoken, language)))
        && (filter.Text is not { } text || Contains(persona.Name, text) || Contains(persona.Title, text) || Contains(persona.ShortBio, text));

    // Who asks for "es" is served by "es-MX", and who asks for "es-MX" by "es".
    private static bool Speaks(string spoken, string wanted) => IsWithin(spoken, wanted) || IsWithin(wanted, spoken);

    private static bool IsWithin(string tag, string range) =>
        tag.StartsWith(range, StringComparison.OrdinalIgnoreCase) && (tag.Length == range.Length || tag[range.Length] == '-');

    private static bool Contains(string text, string part) => CultureInfo.InvariantCulture.CompareInfo.IndexOf(text, part, Loosely) >= 0;
}
