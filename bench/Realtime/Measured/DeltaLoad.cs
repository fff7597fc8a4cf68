using System.Globalization;

namespace JubileeVerse.Bench.Realtime.Measured;

/// <summary>A load of concurrent replies.</summary>
/// <param name="Streams">Number of replies.</param>
/// <param name="Period">Time between two pieces of a reply.</param>
internal sealed record DeltaLoad(int Streams, TimeSpan Period)
{
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Streams:N0} replies, a piece every {Period.TotalMilliseconds:F0} ms");
}
