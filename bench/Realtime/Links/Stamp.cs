using System.Buffers.Text;
using System.Diagnostics;
using System.Globalization;

namespace JubileeVerse.Bench.Realtime.Links;

/// <summary>
/// A time of sending, as text that travels as a piece of an answer or in a message. It is of the machine's monotonic clock, which every process
/// here reads alike, Node's <c>process.hrtime</c> too.
/// </summary>
internal static class Stamp
{
    private const byte Mark = (byte)'~';
    private const int DigitCount = 18;
    private const int Length = 1 + DigitCount;

    /// <summary>Twenty characters: the mark, nanoseconds, a space.</summary>
    public static string Now() => string.Create(CultureInfo.InvariantCulture, $"~{NowNs():D18} ");

    public static long NowNs() => Stopwatch.GetTimestamp() * (1_000_000_000 / Stopwatch.Frequency);

    /// <summary>Takes the first stamp out of a text; false when there is none, or only the beginning of one.</summary>
    public static bool TryTake(ref ReadOnlySpan<byte> text, out long ns)
    {
        ns = 0;
        var at = text.IndexOf(Mark);
        if (at < 0 || text.Length - at < Length)
            return false;
        var digits = text.Slice(at + 1, DigitCount);
        text = text[(at + Length)..];
        return Utf8Parser.TryParse(digits, out ns, out var read) && read == DigitCount;
    }
}
