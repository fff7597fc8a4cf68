using JubileeVerse.Realtime;
using JubileeVerse.Realtime.Outbox;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace JubileeVerse.Grains.Tests.Realtime;

public sealed class GatewayFollowersTests
{
    private readonly GatewayFollowers _followers = new(NullLogger<GatewayFollowers>.Instance);
    private readonly GatewayId _gateway = GatewayId.New(new FakeTimeProvider());
    private readonly List<string> _notified = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task NotifyUnreachableAsync_FollowerFails_IsNotifiedAgainAndOthersOnce()
    {
        Follow("hears", fails: false);
        Follow("fails", fails: true);
        await _followers.NotifyUnreachableAsync(_gateway, Token);
        Assert.Equal(["fails", "hears"], _notified.Order(StringComparer.Ordinal));

        Follow("fails", fails: false);
        await _followers.NotifyUnreachableAsync(_gateway, Token);
        await _followers.NotifyUnreachableAsync(_gateway, Token);

        Assert.Equal(["fails", "fails", "hears"], _notified.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task NotifyUnreachableAsync_RemovedFollower_IsNotNotified()
    {
        Follow("stays", fails: false);
        Follow("left", fails: false);
        _followers.Remove(_gateway, Grain("left"));

        await _followers.NotifyUnreachableAsync(_gateway, Token);
        await _followers.NotifyUnreachableAsync(GatewayId.New(new FakeTimeProvider()), Token);

        Assert.Equal(["stays"], _notified);
    }

    private void Follow(string name, bool fails) => _followers.Add(_gateway, Grain(name), gateway =>
    {
        lock (_notified)
            _notified.Add(name);
        if (fails)
            return Task.FromException(new TimeoutException("Scripted: not now."));
        _followers.Remove(gateway, Grain(name));
        return Task.CompletedTask;
    });

    private static GrainId Grain(string name) => GrainId.Create("test", name);
}
