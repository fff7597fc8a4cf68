using JubileeVerse.ServiceDefaults.Starting;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace JubileeVerse.Gateway.Tests.Starting;

public sealed class PatienceTests
{
    private const string Setting = "JubileeVerse:Redis:ConnectionString";

    private readonly FakeTimeProvider _time = new();
    private readonly FakeLogger _log = new();

    [Fact]
    public async Task Try_ComesLater_IsWaitedFor()
    {
        var tries = 0;
        var wait = Patience(TimeSpan.FromMinutes(2)).TryAsync(
            _ => ++tries < 4 ? Task.FromException(new TimeoutException("refused")) : Task.CompletedTask, IsAway, TestContext.Current.CancellationToken);
        for (var i = 0; i < 3; i++)
            _time.Advance(JubileeVerse.ServiceDefaults.Starting.Patience.RetryDelay);

        await wait;
        Assert.Equal(4, tries);
        Assert.Equal(2, _log.Collector.Count);
        Assert.Contains(Setting, _log.Collector.GetSnapshot()[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Try_NeverComes_EndsWithTheSettingsName()
    {
        var tries = 0;
        var wait = Patience(TimeSpan.FromSeconds(30)).TryAsync(
            _ => Task.FromException(new TimeoutException($"refused {++tries}")), IsAway, TestContext.Current.CancellationToken);
        for (var i = 0; i < 30; i++)
        {
            Assert.False(wait.IsCompleted);
            _time.Advance(JubileeVerse.ServiceDefaults.Starting.Patience.RetryDelay);
        }

        var exception = await Assert.ThrowsAsync<DependencyAwayException>(() => wait);
        Assert.Contains(Setting, exception.Message, StringComparison.Ordinal);
        Assert.Contains("refused 31", exception.Message, StringComparison.Ordinal);
        Assert.Equal(3, _log.Collector.Count);
    }

    [Fact]
    public async Task Try_AFaultThatWillNotPass_IsThrownAtOnce() => await Assert.ThrowsAsync<InvalidOperationException>(() =>
        Patience(TimeSpan.FromMinutes(2)).TryAsync(
            _ => Task.FromException(new InvalidOperationException("wrong password")), IsAway, TestContext.Current.CancellationToken));

    [Fact]
    public async Task Try_Stopped_EndsAtOnce()
    {
        using var stop = new CancellationTokenSource();
        var wait = Patience(TimeSpan.FromMinutes(2)).TryAsync(_ => Task.FromException(new TimeoutException()), IsAway, stop.Token);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
    }

    private static bool IsAway(Exception exception) => exception is TimeoutException;

    private Patience Patience(TimeSpan limit) => new("Redis", Setting, limit, _time, _log);
}
