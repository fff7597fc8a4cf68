using JubileeVerse.Gateway.Realtime;
using Microsoft.Extensions.Time.Testing;

namespace JubileeVerse.Gateway.Tests.Realtime;

public sealed class CommandLimiterTests
{
    private const int PerSecond = 20;

    private readonly FakeTimeProvider _time = new();
    private readonly CommandLimiter _limiter;

    public CommandLimiterTests() => _limiter = new CommandLimiter(PerSecond, _time);

    [Fact]
    public void Refuse_ASecondsWorthAtOnce_PassesAndTheNextIsToldHowLongToWait()
    {
        Spend();

        Assert.Equal(TimeSpan.FromSeconds(1.0 / PerSecond), _limiter.Refuse());
        _time.Advance(TimeSpan.FromSeconds(1.0 / PerSecond));
        Assert.Null(_limiter.Refuse());
        Assert.False(_limiter.IsExhausted);
    }

    [Fact]
    public void Refuse_ManyInARowAllTheSame_IsExhausted()
    {
        Spend();
        for (var refused = 0; refused < PerSecond; refused++)
            Assert.NotNull(_limiter.Refuse());
        Assert.False(_limiter.IsExhausted);

        Assert.NotNull(_limiter.Refuse());

        Assert.True(_limiter.IsExhausted);
    }

    private void Spend()
    {
        for (var sent = 0; sent < PerSecond; sent++)
            Assert.Null(_limiter.Refuse());
    }
}
