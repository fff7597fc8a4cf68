namespace JubileeVerse.Gateway.Tests.Fakes;

/// <summary>Every number that is drawn lies at the same point of its range.</summary>
/// <param name="point">0 to 1, without 1.</param>
internal sealed class FixedRandom(double point) : Random
{
    protected override double Sample() => point;
}
