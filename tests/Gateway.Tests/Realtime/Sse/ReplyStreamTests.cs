using System.Text;
using JubileeVerse.Accounts;
using JubileeVerse.Conversations;
using JubileeVerse.Gateway.Realtime.Connections;
using JubileeVerse.Gateway.Realtime.Feeds;
using JubileeVerse.Gateway.Realtime.Feeds.Owners;
using JubileeVerse.Gateway.Realtime.Presence;
using JubileeVerse.Gateway.Realtime.Sse;
using JubileeVerse.Gateway.Tests.Fakes;
using JubileeVerse.Gateway.Tests.Realtime.Feeds;
using JubileeVerse.Replies;
using JubileeVerse.Rules;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace JubileeVerse.Gateway.Tests.Realtime.Sse;

public sealed class ReplyStreamTests
{
    [Fact]
    public async Task RunAsync_OwnerDoesNotRespond_SendsTheKnownTextAndClosesAsUnreachable()
    {
        var time = new FakeTimeProvider();
        var channel = new FakeConversationGrain();
        var (grains, fakes) = FakeGrains.Create();
        fakes.Add<IConversationGrain>(channel);
        var channels = new ChannelDirectory();
        using var connections = TestConnections.New();
        var gateway = new GatewayIdentity(grains, new GatewayObserver(channels, connections, NullLogger<GatewayObserver>.Instance), time);
        var feeds = new ChannelFeeds(
            channels,
            gateway,
            new ChannelOwnerFactory(grains, connections),
            new ChannelHistoryClient(grains),
            time,
            Options.Create(new DeliveryOptions { LostAfter = TimeSpan.FromSeconds(5) }),
            NullLoggerFactory.Instance);
        using var connection = connections.Add(UserId.New(time), TestContext.Current.CancellationToken);
        var sent = new MemoryStream();
        var context = new DefaultHttpContext();
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(sent));
        var writer = new SseWriter(context, new ReconnectDelays(new FixedRandom(0)), TimeSpan.FromSeconds(10), time);

        var running = new ReplyStream(grains, feeds).RunAsync(writer, connection, Generating(time), null);
        using var subscription = feeds.Subscribe(Frames.Channel);
        var ready = subscription.Feed.EnsureAttachedAsync();
        (await channel.NextAttachAsync()).Complete(replies: Frames.Snapshot(7, "Hel"));
        await ready;
        time.Advance(TimeSpan.FromSeconds(5));
        var checking = subscription.Feed.AttachAgainAsync();
        (await channel.NextAttachAsync()).Fail(new TimeoutException("no silo"));
        await Assert.ThrowsAsync<TimeoutException>(() => checking);
        feeds.Sweep();

        Assert.Equal(CloseCodes.Unreachable, await running);
        Assert.Contains("\"text\":\"Hel\"", Encoding.UTF8.GetString(sent.ToArray()), StringComparison.Ordinal);
    }

    private static Reply Generating(TimeProvider time) => new(
        Frames.Id,
        Frames.ConversationId,
        MessageId.New(time),
        Frames.Persona,
        ReplyStatus.Generating,
        1,
        null,
        null,
        "",
        null,
        null,
        time.GetUtcNow(),
        time.GetUtcNow(),
        null);
}
