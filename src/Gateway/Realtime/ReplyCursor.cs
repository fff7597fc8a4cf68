using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace JubileeVerse.Gateway.Realtime;

/// <summary>
/// How far a reader of one reply is. Its text is the <c>id</c> of a server-sent event: opaque to clients, good at every gateway.
/// </summary>
/// <param name="Run">The run whose text the reader holds.</param>
/// <param name="TextOffset">UTF-16 code units of it.</param>
/// <param name="HasEnded">True: the reader has been told the end.</param>
internal readonly record struct ReplyCursor(long Run, int TextOffset, bool HasEnded)
{
    private const string EndMark = "end";
    private const int MaxTextLength = 64;

    /// <summary>Null for none, and for one that we did not write.</summary>
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
