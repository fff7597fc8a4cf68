using System.Buffers.Text;
using System.Globalization;
using System.Text;
using JubileeVerse.Errors;

namespace JubileeVerse.Personas;

/// <summary>
/// The sort key of a persona in the catalog, and the content of a page's cursor. A cursor holds the sort key of the last persona shown and
/// not an offset, so adding or removing a persona between two pages neither repeats nor skips another.
/// </summary>
internal readonly record struct PersonaSortKey(bool IsFeatured, int SortOrder, string Slug) : IComparable<PersonaSortKey>
{
    private const char Separator = ';';

    public static PersonaSortKey From(StoredPersona persona) =>
        new(persona.Profile.Persona.IsFeatured, persona.SortOrder, persona.Profile.Persona.Slug);

    public static PersonaSortKey FromCursor(string cursor)
    {
        if (Base64Url.IsValid(cursor)
            && Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor)).Split(Separator, 3)
                is [("0" or "1") and var featured, var order, var slug]
            && int.TryParse(order, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var sortOrder))
            return new PersonaSortKey(featured == "1", sortOrder, slug);

        throw JubileeException.Invalid("after", "Must be the next cursor of an earlier page.");
    }

    public string ToCursor() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"{(IsFeatured ? 1 : 0)}{Separator}{SortOrder}{Separator}{Slug}")));

    public int CompareTo(PersonaSortKey other)
    {
        var byFeatured = other.IsFeatured.CompareTo(IsFeatured);
        if (byFeatured != 0)
            return byFeatured;

        var byOrder = SortOrder.CompareTo(other.SortOrder);
        return byOrder != 0 ? byOrder : string.CompareOrdinal(Slug, other.Slug);
    }
}
