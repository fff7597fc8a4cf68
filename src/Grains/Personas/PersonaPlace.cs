using System.Buffers.Text;
using System.Globalization;
using System.Text;
using JubileeVerse.Errors;

namespace JubileeVerse.Personas;

/// <summary>
/// A persona's place in the catalogue, and the text of a page's cursor: the place of the last one shown, not a count, so a persona
/// that comes or goes between two pages neither repeats nor hides another.
/// </summary>
internal readonly record struct PersonaPlace(bool IsFeatured, int SortOrder, string Slug) : IComparable<PersonaPlace>
{
    private const char Separator = ';';

    public static PersonaPlace Of(StoredPersona persona) =>
        new(persona.Profile.Persona.IsFeatured, persona.SortOrder, persona.Profile.Persona.Slug);

    public static PersonaPlace FromCursor(string cursor)
    {
        if (Base64Url.IsValid(cursor)
            && Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor)).Split(Separator, 3) is [("0" or "1") and var featured, var order, var slug]
            && int.TryParse(order, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var sortOrder))
            return new PersonaPlace(featured == "1", sortOrder, slug);

        throw JubileeException.Invalid("after", "It is not a cursor that a page of personas gave.");
    }

    public string ToCursor() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"{(IsFeatured ? 1 : 0)}{Separator}{SortOrder}{Separator}{Slug}")));

    public int CompareTo(PersonaPlace other)
    {
        var byFeatured = other.IsFeatured.CompareTo(IsFeatured);
        if (byFeatured != 0)
            return byFeatured;

        var byOrder = SortOrder.CompareTo(other.SortOrder);
        return byOrder != 0 ? byOrder : string.CompareOrdinal(Slug, other.Slug);
    }
}
