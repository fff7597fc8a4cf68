using System.Globalization;

namespace JubileeVerse.Bench.Realtime.Measured;

/// <summary>Answers that grow at the same time.</summary>
/// <param name="Streams">How many.</param>
/// <param name="Period">Between two pieces of one.</param>
internal sealed record DeltaLoad(int Streams, TimeSpan Period)
{
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Streams:N0} answers, a piece each {Period.TotalMilliseconds:F0} ms");
}
