using JubileeVerse.Accounts;
using JubileeVerse.Gateway.Realtime;
using JubileeVerse.Gateway.Tests.Fakes;
using JubileeVerse.Realtime;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace JubileeVerse.Gateway.Tests.Realtime;

/// <summary>What a person's grain hears of their links: the test answers for it.</summary>
public sealed class UserPresenceFeedTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly FakeUserConnections _grain = new();
    private readonly LiveConnections _connections = TestConnections.New();
    private readonly ChannelFeeds _feeds;
    private readonly UserPresenceFeed _presence;
    private readonly UserId _user;

    public UserPresenceFeedTests()
    {
        var (grains, fakes) = FakeGrains.Create();
        fakes.Add<IUserConnectionGrain>(_grain);
        fakes.Add<IChannelQueries>(new FakeHistory());
        var channels = new ChannelDirectory();
        var gateway = new GatewayIdentity(grains, new GatewayObserver(channels, _connections, NullLogger<GatewayObserver>.Instance), _time);
        _feeds = new ChannelFeeds(
            channels,
            gateway,
            new ChannelOwners(grains, _connections),
            new ChannelPast(grains),
            _time,
            Options.Create(new DeliveryOptions()),
            NullLoggerFactory.Instance);
        _presence = new UserPresenceFeed(_feeds, _connections);
        _user = UserId.New(_time);
    }

    public void Dispose() => _connections.Dispose();

    [Fact]
    public async Task Hold_ALink_IsSaid_AndItsEndAtOnce()
    {
        var connection = Connect("a");
        var held = _presence.HoldAsync(connection);
        var first = await _grain.NextAttachAsync();
        Assert.Equal(["a"], first.Links);
        first.Answer();
        await held;

        connection.Dispose();

        var second = await _grain.NextAttachAsync();
        Assert.Empty(second.Links);
        Assert.True(second.Subscription.Generation > first.Subscription.Generation);
    }

    [Fact]
    public async Task Tell_ALinkThatIsOfAnotherSessionNow_IsSaidAtOnce()
    {
        using var connection = Connect("a");
        var held = _presence.HoldAsync(connection);
        (await _grain.NextAttachAsync()).Answer();
        await held;
        connection.BelongTo("newer");

        var told = _presence.TellAsync(connection);

        var attach = await _grain.NextAttachAsync();
        attach.Answer();
        await told;
        Assert.Equal("newer", Assert.Single(_connections.LinksOf(_user)).Session);
        Assert.True(_connections.IsSaid(_user));
    }

    /// <summary>So the end of a session at another gateway is heard here, too.</summary>
    [Fact]
    public async Task Follow_AStreamOfAReply_AttachesToThePersonAndCountsAsNoLink()
    {
        using var stream = _connections.Add(_user, TestContext.Current.CancellationToken, session: "s");

        var followed = _presence.FollowAsync(stream);

        var attach = await _grain.NextAttachAsync();
        Assert.Empty(attach.Links);
        attach.Answer();
        await followed;
        _time.Advance(new DeliveryOptions().CheckPeriod);
        _feeds.Sweep();
        Assert.Empty((await _grain.NextAttachAsync()).Links);
    }

    [Fact]
    public async Task Hold_AChangeWhileAnAttachmentIsUnderWay_IsSaidAfterIt()
    {
        using var a = Connect("a");
        var first = _presence.HoldAsync(a);
        var looked = await _grain.NextAttachAsync();
        using var b = Connect("b");
        var second = _presence.HoldAsync(b);
        Assert.Equal(["a"], looked.Links);
        looked.Answer();

        var again = await _grain.NextAttachAsync();
        Assert.Equal(["a", "b"], again.Links);
        again.Answer();
        await Task.WhenAll(first, second);
        Assert.Equal(2, _grain.AttachCount);
    }

    [Fact]
    public async Task Hold_ManyAtOnce_AreSaidTogether()
    {
        LiveConnection[] connections = [.. Enumerable.Range(0, 9).Select(i => Connect($"{i}"))];
        var held = connections.Select(_presence.HoldAsync).ToArray();
        (await _grain.NextAttachAsync()).Answer();
        await Task.WhenAll(held);

        Assert.Equal(1, _grain.AttachCount);
    }

    [Fact]
    public async Task Hold_TheGrainDoesNotAnswer_TheFeedSaysItLater()
    {
        using var connection = Connect("a");
        var held = _presence.HoldAsync(connection);
        (await _grain.NextAttachAsync()).Fail();
        await held;

        _time.Advance(new DeliveryOptions().QuietCheckPeriod);
        _feeds.Sweep();

        Assert.Equal(["a"], (await _grain.NextAttachAsync()).Links);
    }

    [Fact]
    public async Task Check_OfThePosition_SaysAllLinksAgain()
    {
        using var connection = Connect("a");
        var held = _presence.HoldAsync(connection);
        (await _grain.NextAttachAsync()).Answer();
        await held;

        _time.Advance(new DeliveryOptions().CheckPeriod);
        _feeds.Sweep();

        Assert.Equal(["a"], (await _grain.NextAttachAsync()).Links);
    }

    [Fact]
    public async Task Check_ALinkThatIsBeingClosed_IsNotSaid()
    {
        using var stays = Connect("stays");
        using var goes = Connect("goes");
        var held = Task.WhenAll(_presence.HoldAsync(stays), _presence.HoldAsync(goes));
        (await _grain.NextAttachAsync()).Answer();
        await held;

        goes.Close(CloseCodes.TooManyLinks);
        _time.Advance(new DeliveryOptions().CheckPeriod);
        _feeds.Sweep();

        Assert.Equal(["stays"], (await _grain.NextAttachAsync()).Links);
    }

    [Fact]
    public async Task Hold_AConnectionThatHasEndedAlready_IsReleasedAtOnce()
    {
        var connection = Connect("a");
        connection.Dispose();

        await _presence.HoldAsync(connection);
        _time.Advance(new DeliveryOptions().DetachAfter);
        _feeds.Sweep();

        Assert.Equal(0, _grain.AttachCount);
        Assert.Empty(_connections.LinksOf(_user));
    }

    private LiveConnection Connect(string id) =>
        _connections.Add(_user, TestContext.Current.CancellationToken, new UserLink(id, LinkTransport.Hub, "s", _time.GetUtcNow()));
}
