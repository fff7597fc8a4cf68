using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace JubileeVerse.Gateway.Realtime.Replies;

/// <summary>
/// How far a reader has read one reply. Its text is the <c>id</c> of a server-sent event: opaque to clients, and valid at every gateway.
/// </summary>
/// <param name="Run">The run whose text the reader has.</param>
/// <param name="TextOffset">The number of UTF-16 code units of that text that the reader has.</param>
/// <param name="HasEnded">True when the reader has received the end.</param>
internal readonly record struct ReplyCursor(long Run, int TextOffset, bool HasEnded)
{
    private const string EndMark = "end";
    private const int MaxTextLength = 64;

    /// <summary>Returns null for an empty text, and for one that was not written by <see cref="ToString"/>.</summary>
    public static ReplyCursor? Parse(string? text)
    {
        if (text is not { Length: > 0 and <= MaxTextLength } || !Base64Url.IsValid(text))
            return null;

        var parts = Encoding.ASCII.GetString(Base64Url.DecodeFromChars(text)).Split('.');
        return parts.Length is 2 or 3
            && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var run)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var offset)
            && (parts.Length == 2 || parts[2] == EndMark)
                ? new ReplyCursor(run, offset, parts.Length == 3)
                : null;
    }

    public override string ToString()
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{Run}.{TextOffset}{(HasEnded ? "." + EndMark : "")}");
        return Base64Url.EncodeToString(Encoding.ASCII.GetBytes(text));
    }
}
