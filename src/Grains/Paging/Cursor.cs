using System.Buffers.Text;
using System.Globalization;
using System.Text;
using JubileeVerse.Errors;

namespace JubileeVerse.Paging;

/// <summary>An opaque cursor into a list that is ordered by instant and id, newest first.</summary>
internal static class Cursor
{
    private const char Separator = '|';

    public static string Encode(long at, string id) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{at}{Separator}{id}"));

    /// <summary>Parses a cursor; null is the start of the list. Throws <c>InvalidRequest</c> for any text that is not a cursor.</summary>
    public static (long At, string Id) Parse(string? cursor)
    {
        if (cursor is null)
            return (long.MaxValue, "~");

        // An id may contain the separator, but not U+0000, which PostgreSQL rejects.
        if (Base64Url.IsValid(cursor) && Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor)).Split(Separator, 2) is [var at, var id]
            && long.TryParse(at, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var instant) && !id.Contains('\0'))
            return (instant, id);
        throw JubileeException.Invalid("after", "Must be the next cursor of an earlier page.");
    }
}
