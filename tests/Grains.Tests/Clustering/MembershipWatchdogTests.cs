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
    private readonly OwnRow _row;
    private readonly HostExit _exit;
    private readonly MembershipWatchdog _watchdog;

    public MembershipWatchdogTests()
    {
        _row = new OwnRow(_time);
        _exit = new HostExit(_host, NullLogger<HostExit>.Instance);
        _watchdog = Watchdog(TimeSpan.FromSeconds(20));
    }

    private bool IsStopping => _host.ApplicationStopping.IsCancellationRequested;

    public void Dispose() => _watchdog.Dispose();

    [Fact]
    public async Task Start_AfterAPeriod_Looks()
    {
        _table.Now = FakeMembershipTable.Content.NoRow;
        var news = new TaskCompletionSource();
        await using var stopping = _host.ApplicationStopping.Register(news.SetResult);
        using var watchdog = Watchdog(limit: TimeSpan.Zero);
        await watchdog.StartAsync(TestContext.Current.CancellationToken);
        await _time.WhenArmedAsync(MembershipWatchdog.Period, TestContext.Current.CancellationToken);
        Assert.False(IsStopping);
        _time.Advance(MembershipWatchdog.Period);

        await news.Task.WaitAsync(TestContext.Current.CancellationToken);
        await watchdog.StopAsync(TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData(nameof(FakeMembershipTable.Content.NoRow))]
    [InlineData(nameof(FakeMembershipTable.Content.NoTable))]
    public async Task Row_Missing_IsNotReadyAtOnceAndStopsAfterTheLimit(string content)
    {
        await LookAsync(Enum.Parse<FakeMembershipTable.Content>(content));
        await Assert.ThrowsAsync<InvalidOperationException>(() => new OwnRowProbe(_row).CheckAsync(CancellationToken.None));
        Assert.Equal(LogLevel.Error, _log.LatestRecord.Level);
        for (var i = 0; i < 3; i++)
            await LookAsync(_table.Now);
        Assert.False(IsStopping);
        Assert.Equal(1, _log.Collector.Count);

        await LookAsync(_table.Now);
        Assert.True(IsStopping);
        Assert.Equal(HostExit.Fault, _exit.Code);
    }

    [Fact]
    public async Task Row_ComesBack_IsReadyAndTheLimitBeginsAnew()
    {
        for (var i = 0; i < 4; i++)
            await LookAsync(FakeMembershipTable.Content.NoRow);
        await LookAsync(FakeMembershipTable.Content.Row);
        await new OwnRowProbe(_row).CheckAsync(CancellationToken.None);
        for (var i = 0; i < 4; i++)
            await LookAsync(FakeMembershipTable.Content.NoRow);

        Assert.False(IsStopping);
        Assert.Equal(0, _exit.Code);
    }

    [Fact]
    public async Task Table_Unreadable_IsNotMissing()
    {
        for (var i = 0; i < 20; i++)
            await LookAsync(FakeMembershipTable.Content.Unreadable);

        await new OwnRowProbe(_row).CheckAsync(CancellationToken.None);
        Assert.False(IsStopping);
    }

    [Fact]
    public async Task Table_UnreadableWhileTheRowIsMissing_DoesNotBringItBack()
    {
        await LookAsync(FakeMembershipTable.Content.NoRow);
        for (var i = 0; i < 3; i++)
            await LookAsync(FakeMembershipTable.Content.Unreadable);
        Assert.NotNull(_row.MissingFor);
        await LookAsync(FakeMembershipTable.Content.NoRow);

        Assert.True(IsStopping);
    }

    /// <summary>The next look, which finds this.</summary>
    private Task LookAsync(FakeMembershipTable.Content content)
    {
        _table.Now = content;
        _time.Advance(MembershipWatchdog.Period);
        return _watchdog.LookAsync(TestContext.Current.CancellationToken);
    }

    private MembershipWatchdog Watchdog(TimeSpan limit) =>
        new(_table, new FakeSilo(), _row, _exit, Options.Create(new ClusteringOptions { RowMissingLimit = limit }), _time, _log);
}
