using System.Buffers.Text;
using System.Diagnostics;
using System.Globalization;

namespace JubileeVerse.Bench.Realtime.Connections;

/// <summary>
/// A send time as text, which is part of a reply or a message. It is read from the machine's monotonic clock, which is the same in all
/// processes, including <c>process.hrtime</c> of Node.
/// </summary>
internal static class Stamp
{
    private const byte Mark = (byte)'~';
    private const int DigitCount = 18;
    private const int Length = 1 + DigitCount;

    /// <summary>Twenty characters: the mark, nanoseconds, a space.</summary>
    public static string Now() => string.Create(CultureInfo.InvariantCulture, $"~{NowNs():D18} ");

    public static long NowNs() => Stopwatch.GetTimestamp() * (1_000_000_000 / Stopwatch.Frequency);

    /// <summary>Reads the first stamp of a text and advances past it. Returns false if there is no complete stamp.</summary>
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
