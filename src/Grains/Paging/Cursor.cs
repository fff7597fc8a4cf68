using System.Buffers.Text;
using System.Globalization;
using System.Text;
using JubileeVerse.Errors;

namespace JubileeVerse.Paging;

/// <summary>The opaque text of a place in a list that is ordered by an instant and an id, newest first.</summary>
internal static class Cursor
{
    private const char Separator = '|';

    public static string Of(long at, string id) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{at}{Separator}{id}"));

    /// <summary>Throws <c>InvalidRequest</c> for text that no list has given out. Null is the list's beginning.</summary>
    public static (long At, string Id) Parse(string? cursor)
    {
        if (cursor is null)
            return (long.MaxValue, "~");

        // An id may have the separator in it; U+0000 no store takes.
        if (Base64Url.IsValid(cursor) && Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor)).Split(Separator, 2) is [var at, var id]
            && long.TryParse(at, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var instant) && !id.Contains('\0'))
            return (instant, id);
        throw JubileeException.Invalid("after", "Must be a cursor that the page before gave as next.");
    }
}
