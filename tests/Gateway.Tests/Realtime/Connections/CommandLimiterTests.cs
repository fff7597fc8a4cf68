using JubileeVerse.Gateway.Realtime.Connections;
using Microsoft.Extensions.Time.Testing;

namespace JubileeVerse.Gateway.Tests.Realtime.Connections;

public sealed class CommandLimiterTests
{
    private const int PerSecond = 20;

    private readonly FakeTimeProvider _time = new();
    private readonly CommandLimiter _limiter;

    public CommandLimiterTests() => _limiter = new CommandLimiter(PerSecond, _time);

    [Fact]
    public void Acquire_BurstOfOneSecond_PassesAndTheNextGetsARetryDelay()
    {
        Spend();

        Assert.Equal(TimeSpan.FromSeconds(1.0 / PerSecond), _limiter.Acquire());
        _time.Advance(TimeSpan.FromSeconds(1.0 / PerSecond));
        Assert.Null(_limiter.Acquire());
        Assert.False(_limiter.IsExhausted);
    }

    [Fact]
    public void Acquire_ManyRefusalsInARow_IsExhausted()
    {
        Spend();
        for (var refused = 0; refused < PerSecond; refused++)
            Assert.NotNull(_limiter.Acquire());
        Assert.False(_limiter.IsExhausted);

        Assert.NotNull(_limiter.Acquire());

        Assert.True(_limiter.IsExhausted);
    }

    private void Spend()
    {
        for (var sent = 0; sent < PerSecond; sent++)
            Assert.Null(_limiter.Acquire());
    }
}
