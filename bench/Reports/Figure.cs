using System.Globalization;

namespace JubileeVerse.Bench.Reports;

/// <summary>Formats figures for reports.</summary>
internal static class Figure
{
    public static string Rate(double perSecond) => perSecond.ToString("N0", CultureInfo.InvariantCulture);

    public static string Ratio(double ratio) => ratio.ToString("F2", CultureInfo.InvariantCulture);

    public static string MegaBytes(long bytes) => (bytes / 1e6).ToString("F0", CultureInfo.InvariantCulture) + " MB";

    public static string Seconds(TimeSpan duration) => duration.TotalSeconds.ToString("F2", CultureInfo.InvariantCulture) + " s";

    public static string Milliseconds(TimeSpan duration) => duration.TotalMilliseconds.ToString("F2", CultureInfo.InvariantCulture) + " ms";

    public static string Microseconds(TimeSpan duration) => duration.TotalMicroseconds.ToString("F1", CultureInfo.InvariantCulture) + " µs";
}
