using JubileeVerse.Accounts;
using JubileeVerse.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace JubileeVerse.Grains.Tests.Storage;

public sealed class StoreSweeperTests
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    private readonly WatchedTimeProvider _time = new();
    private readonly RecordingWriteBatcher _writes = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sweep_OneSweepFails_TheNextOneRuns()
    {
        using var sweeper = new SessionSweeper(_writes, _time, NullLogger<SessionSweeper>.Instance);
        await sweeper.StartAsync(Token);
        await _time.WhenArmedAsync(Period, Token);
        _writes.IsFailing = true;
        _time.Advance(Period);
        await _writes.NextAsync(Token);
        _writes.IsFailing = false;

        _time.Advance(Period);

        var next = _writes.NextAsync(Token).AsTask();
        Assert.Same(next, await Task.WhenAny(next, sweeper.ExecuteTask!));
        Assert.Equal(SessionStatements.Sweep(_time.GetUtcNow()).Sql, (await next).Sql);
        await sweeper.StopAsync(Token);
        Assert.Equal(TaskStatus.RanToCompletion, sweeper.ExecuteTask!.Status);
    }
}
