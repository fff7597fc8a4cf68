using JubileeVerse.Gateway.Realtime.Connections;
using JubileeVerse.Gateway.Tests.Fakes;
using JubileeVerse.Rules;

namespace JubileeVerse.Gateway.Tests.Realtime.Connections;

public sealed class ReconnectDelaysTests
{
    private const double Highest = 1 - 1e-12;

    [Theory]
    [InlineData(CloseCodes.Drain, 200, 1999)]
    [InlineData(CloseCodes.TooManyConnections, 30_000, 31_999)]
    [InlineData(CloseCodes.TokenExpired, 0, 0)]
    [InlineData(CloseCodes.Removed, 0, 0)]
    public void AfterClose_AnyRandomNumber_IsWithinTheLimitsOfTheCode(int code, int min, int max)
    {
        Assert.Equal(min, new ReconnectDelays(new FixedRandom(0)).AfterClose(code));
        Assert.Equal(max, new ReconnectDelays(new FixedRandom(Highest)).AfterClose(code));
    }

    [Fact]
    public void AfterLostStream_AnyRandomNumber_IsBetween1And3Seconds()
    {
        Assert.Equal(1000, new ReconnectDelays(new FixedRandom(0)).AfterLostStream());
        Assert.Equal(2999, new ReconnectDelays(new FixedRandom(Highest)).AfterLostStream());
    }

    [Fact]
    public void Create_ClosingFrame_StatesTheReasonAndTheDelay()
    {
        var closing = ClosingFrame.Create(CloseCodes.Drain, new ReconnectDelays(new FixedRandom(0.5)));

        Assert.Equal((CloseCodes.Drain, 1100, "drain"), (closing.Code, closing.ReconnectAfterMs, closing.Reason));
    }
}
