using JubileeVerse.ServiceDefaults;
using JubileeVerse.Silo;
using JubileeVerse.Silo.Health;
using JubileeVerse.Silo.Membership;
using JubileeVerse.Testing;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Grains.Tests.Clustering;

public sealed class MembershipWatchdogTests : IDisposable
{
    private readonly FakeMembershipTable _table = new();
    private readonly WatchedTimeProvider _time = new();
    private readonly ApplicationLifetime _host = new(NullLogger<ApplicationLifetime>.Instance);
    private readonly FakeLogger<MembershipWatchdog> _log = new();
    private readonly MembershipRow _row;
    private readonly HostExit _exit;
    private readonly MembershipWatchdog _watchdog;

    public MembershipWatchdogTests()
    {
        _row = new MembershipRow(_time);
        _exit = new HostExit(_host, NullLogger<HostExit>.Instance);
        _watchdog = Watchdog(TimeSpan.FromSeconds(20));
    }

    private bool IsStopping => _host.ApplicationStopping.IsCancellationRequested;

    public void Dispose() => _watchdog.Dispose();

    [Fact]
    public async Task StartAsync_AfterAPeriod_ChecksTheTable()
    {
        _table.Current = FakeMembershipTable.Content.NoRow;
        var stopping = new TaskCompletionSource();
        await using var registration = _host.ApplicationStopping.Register(stopping.SetResult);
        using var watchdog = Watchdog(limit: TimeSpan.Zero);
        await watchdog.StartAsync(TestContext.Current.CancellationToken);
        await _time.WhenArmedAsync(MembershipWatchdog.Period, TestContext.Current.CancellationToken);
        Assert.False(IsStopping);
        _time.Advance(MembershipWatchdog.Period);

        await stopping.Task.WaitAsync(TestContext.Current.CancellationToken);
        await watchdog.StopAsync(TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData(nameof(FakeMembershipTable.Content.NoRow))]
    [InlineData(nameof(FakeMembershipTable.Content.NoTable))]
    public async Task CheckAsync_RowMissing_IsNotReadyAtOnceAndStopsAfterTheLimit(string content)
    {
        await CheckAsync(Enum.Parse<FakeMembershipTable.Content>(content));
        await Assert.ThrowsAsync<InvalidOperationException>(() => new MembershipRowProbe(_row).CheckAsync(CancellationToken.None));
        Assert.Equal(LogLevel.Error, _log.LatestRecord.Level);
        for (var i = 0; i < 3; i++)
            await CheckAsync(_table.Current);
        Assert.False(IsStopping);
        Assert.Equal(1, _log.Collector.Count);

        await CheckAsync(_table.Current);
        Assert.True(IsStopping);
        Assert.Equal(HostExit.Fault, _exit.Code);
    }

    [Fact]
    public async Task CheckAsync_RowReturns_IsReadyAndTheLimitRestarts()
    {
        for (var i = 0; i < 4; i++)
            await CheckAsync(FakeMembershipTable.Content.NoRow);
        await CheckAsync(FakeMembershipTable.Content.Row);
        await new MembershipRowProbe(_row).CheckAsync(CancellationToken.None);
        for (var i = 0; i < 4; i++)
            await CheckAsync(FakeMembershipTable.Content.NoRow);

        Assert.False(IsStopping);
        Assert.Equal(0, _exit.Code);
    }

    [Fact]
    public async Task CheckAsync_TableUnreadable_DoesNotCountAsMissing()
    {
        for (var i = 0; i < 20; i++)
            await CheckAsync(FakeMembershipTable.Content.Unreadable);

        await new MembershipRowProbe(_row).CheckAsync(CancellationToken.None);
        Assert.False(IsStopping);
    }

    [Fact]
    public async Task CheckAsync_TableUnreadableWhileTheRowIsMissing_StaysMissing()
    {
        await CheckAsync(FakeMembershipTable.Content.NoRow);
        for (var i = 0; i < 3; i++)
            await CheckAsync(FakeMembershipTable.Content.Unreadable);
        Assert.NotNull(_row.MissingFor);
        await CheckAsync(FakeMembershipTable.Content.NoRow);

        Assert.True(IsStopping);
    }

    /// <summary>Runs the next check, which finds the given content.</summary>
    private Task CheckAsync(FakeMembershipTable.Content content)
    {
        _table.Current = content;
        _time.Advance(MembershipWatchdog.Period);
        return _watchdog.CheckAsync(TestContext.Current.CancellationToken);
    }

    private MembershipWatchdog Watchdog(TimeSpan limit) =>
        new(_table, new FakeSilo(), _row, _exit, Options.Create(new ClusteringOptions { RowMissingLimit = limit }), _time, _log);
}
