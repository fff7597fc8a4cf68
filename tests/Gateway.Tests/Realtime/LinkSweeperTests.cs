using JubileeVerse.Accounts;
using JubileeVerse.Gateway.Realtime;
using JubileeVerse.Gateway.Tests.Fakes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Gateway.Tests.Realtime;

/// <summary>One link stops reading.</summary>
public sealed class LinkSweeperTests : SubscriptionHarness, IAsyncLifetime
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().AddSingleton<LiveConnections>().BuildServiceProvider();
    private readonly LinkPump _pump = new(NullLogger<LinkPump>.Instance);

    public async ValueTask InitializeAsync() => await _pump.StartAsync(Token);

    public async ValueTask DisposeAsync()
    {
        await _pump.StopAsync(CancellationToken.None);
        _pump.Dispose();
        await _services.DisposeAsync();
        Dispose();
    }

    private LinkSweeper Sweeper(int maxBehindBytes = 1024 * 1024) => new(
        _pump,
        new ReplyStreamTerms(new UserPresenceFeed(Feeds, _services.GetRequiredService<LiveConnections>()), new FakeSessionStore(), Time),
        Options.Create(new DeliveryOptions()),
        Options.Create(new LinkOptions { MaxBehindBytes = maxBehindBytes }),
        Time,
        NullLogger<LinkSweeper>.Instance);

    [Fact]
    public async Task Sweep_TakesNothingForTenSeconds_IsCutAsSlow()
    {
        await using var link = await BeginAsync();
        Feed.Apply(Marked(1));
        await link.NextWriteAsync();
        Time.Advance(TimeSpan.FromSeconds(9));
        Sweeper().Sweep();
        Assert.False(link.WasCut);

        Time.Advance(TimeSpan.FromSeconds(1));
        Sweeper().Sweep();

        Assert.True(link.WasCut);
        Assert.Equal(CloseCodes.Slow, link.Connection.ClosingCode);
    }

    [Fact]
    public async Task Sweep_FarBehind_IsCutBeforeItsTime()
    {
        await using var link = await BeginAsync();
        Feed.Apply(Marked(1));
        await link.NextWriteAsync();
        Time.Advance(TimeSpan.FromSeconds(1));
        Feed.Apply(Marked(2));
        Sweeper().Sweep();
        Assert.False(link.WasCut);

        for (var offset = 3; offset < 20; offset++)
            Feed.Apply(Marked(offset));
        Sweeper(maxBehindBytes: 1000).Sweep();

        Assert.True(link.WasCut);
    }

    [Fact]
    public async Task Sweep_FarBehindInATextAlone_IsCutBeforeItsTime()
    {
        await using var link = await BeginAsync();
        Feed.Apply(Frames.Delta(7, 0, "Hello"));
        await link.NextWriteAsync();
        Time.Advance(TimeSpan.FromSeconds(1));
        Feed.Apply(Frames.Delta(7, 5, new string('x', 2000)));
        Sweeper(maxBehindBytes: 1000).Sweep();

        Assert.True(link.WasCut);
    }

    [Fact]
    public async Task Sweep_AThousandLinksOfWhichOneIsStuck_TellsTheOthersAndCutsThatOne()
    {
        await using var stuck = await BeginAsync();
        var others = new List<SubscribedLink>();
        for (var i = 1; i < 1000; i++)
            others.Add(await BeginAsync());
        Feed.Apply(Marked(1));
        await stuck.NextWriteAsync();
        foreach (var link in others)
        {
            Assert.Equal(["read 1"], await link.NextWriteAsync());
            link.Release();
        }

        Feed.Apply(Marked(2));
        foreach (var link in others)
        {
            Assert.Equal(["read 2"], await link.NextWriteAsync());
            link.Release();
        }

        Time.Advance(TimeSpan.FromSeconds(1));
        // Each has let go of its write a moment after that was taken.
        foreach (var link in others)
            await link.TakenAsync();
        Time.Advance(TimeSpan.FromSeconds(9));
        Sweeper().Sweep();

        Assert.True(stuck.WasCut);
        Assert.DoesNotContain(others, link => link.WasCut);
        Assert.Equal(1, stuck.Writes);
        foreach (var link in others)
            await link.DisposeAsync();
    }

    [Fact]
    public async Task Sweep_AQuietLink_Beats()
    {
        await using var link = await BeginAsync();
        Time.Advance(TimeSpan.FromSeconds(14));
        Sweeper().Sweep();
        Assert.Equal(0, link.Writes);

        Time.Advance(TimeSpan.FromSeconds(1));
        Sweeper().Sweep();

        Assert.Empty(await link.NextWriteAsync());
        link.Release();
    }

    [Fact]
    public async Task Pulse_BeforeItBegins_IsNoTurn_AndNothingIsLost()
    {
        await using var link = Make();
        await SubscribeAsync(link);
        Feed.Apply(Marked(1));
        Assert.Empty(_pump.Links);

        link.Begin();

        Assert.Equal(["read 1"], await link.NextWriteAsync());
        link.Release();
        Assert.Single(_pump.Links);
    }

    [Fact]
    public async Task Read_OfAReplyOfWhichNothingCanBeHeard_ClosesTheLinkAsLost()
    {
        await using var link = await BeginAsync();
        Feed.Apply(Frames.Delta(7, 0, "Hello"));
        Assert.Equal(["7=Hello"], await link.NextWriteAsync());
        link.Release();
        for (var i = 0; i < 6; i++)
        {
            Time.Advance(TimeSpan.FromSeconds(5));
            var checking = Feed.CheckAsync();
            (await Owner.NextAttachAsync()).Fail(new TimeoutException("no silo"));
            await Assert.ThrowsAsync<TimeoutException>(() => checking);
        }

        Feed.Sweep();

        Assert.Equal(["closing"], await link.NextWriteAsync());
        link.Release();
        Assert.Equal(CloseCodes.Lost, await link.Ended);
    }

    private SubscribedLink Make()
    {
        var connection = _services.GetRequiredService<LiveConnections>().Add(UserId.New(Time), Token);
        return new SubscribedLink(connection, _pump, Time, Make, Say);
    }

    private async Task<SubscribedLink> BeginAsync()
    {
        var link = Make();
        await SubscribeAsync(link);
        link.Begin();
        return link;
    }

    private async Task SubscribeAsync(Link link)
    {
        var isNew = Channels.Find(Frames.Channel) is null;
        var answer = link.Subscriptions.SubscribeAsync(new SubscribeRequest(Frames.Channel), Token);
        if (isNew)
            (await Owner.NextAttachAsync()).Answer();
        Assert.Null((await answer).Error);
    }
}
