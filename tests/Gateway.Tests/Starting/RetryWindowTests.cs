using JubileeVerse.ServiceDefaults.Starting;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace JubileeVerse.Gateway.Tests.Starting;

public sealed class RetryWindowTests
{
    private const string Setting = "JubileeVerse:Redis:ConnectionString";

    private readonly FakeTimeProvider _time = new();
    private readonly FakeLogger _log = new();

    [Fact]
    public async Task RunAsync_DependencyComesLater_Waits()
    {
        var attempts = 0;
        var wait = CreateWindow(TimeSpan.FromMinutes(2)).RunAsync(
            _ => ++attempts < 4 ? Task.FromException(new TimeoutException("refused")) : Task.CompletedTask,
            IsUnavailable,
            TestContext.Current.CancellationToken);
        for (var i = 0; i < 3; i++)
            _time.Advance(RetryWindow.RetryDelay);

        await wait;
        Assert.Equal(4, attempts);
        Assert.Equal(2, _log.Collector.Count);
        Assert.Contains(Setting, _log.Collector.GetSnapshot()[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_DependencyNeverComes_ThrowsWithTheSettingName()
    {
        var attempts = 0;
        var wait = CreateWindow(TimeSpan.FromSeconds(30)).RunAsync(
            _ => Task.FromException(new TimeoutException($"refused {++attempts}")), IsUnavailable, TestContext.Current.CancellationToken);
        for (var i = 0; i < 30; i++)
        {
            Assert.False(wait.IsCompleted);
            _time.Advance(RetryWindow.RetryDelay);
        }

        var exception = await Assert.ThrowsAsync<DependencyUnavailableException>(() => wait);
        Assert.Contains(Setting, exception.Message, StringComparison.Ordinal);
        Assert.Contains("refused 31", exception.Message, StringComparison.Ordinal);
        Assert.Equal(3, _log.Collector.Count);
    }

    [Fact]
    public async Task RunAsync_PermanentFailure_ThrowsAtOnce() => await Assert.ThrowsAsync<InvalidOperationException>(() =>
        CreateWindow(TimeSpan.FromMinutes(2)).RunAsync(
            _ => Task.FromException(new InvalidOperationException("wrong password")),
            IsUnavailable,
            TestContext.Current.CancellationToken));

    [Fact]
    public async Task RunAsync_Cancelled_EndsAtOnce()
    {
        using var stop = new CancellationTokenSource();
        var wait = CreateWindow(TimeSpan.FromMinutes(2))
            .RunAsync(_ => Task.FromException(new TimeoutException()), IsUnavailable, stop.Token);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
    }

    private static bool IsUnavailable(Exception exception) => exception is TimeoutException;

    private RetryWindow CreateWindow(TimeSpan limit) => new("Redis", Setting, limit, _time, _log);
}
