using System.Text;
using JubileeVerse.Accounts;
using JubileeVerse.Conversations;
using JubileeVerse.Gateway.Realtime.Connections;
using JubileeVerse.Gateway.Realtime.Subscriptions;
using JubileeVerse.Gateway.Tests.EndToEnd.Servers;
using JubileeVerse.Gateway.Tests.Fakes;
using JubileeVerse.Realtime;
using JubileeVerse.Realtime.Frames;
using Microsoft.Extensions.DependencyInjection;

namespace JubileeVerse.Gateway.Tests.EndToEnd.Streams;

/// <summary>A connection's subscriptions over a real conversation and a real store, with everything between.</summary>
public sealed class ChannelRecoveryTests(StandaloneServer server) : IClassFixture<StandaloneServer>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Subscribe_FromOffsetZero_ReturnsTheHistoryThenLiveFrames()
    {
        using var client = await server.NewClient().AsGuestAsync();
        var user = UserId.Parse((await client.GetAsync("/api/auth/me")).GetProperty("user").GetProperty("id").GetString()!);
        var conversation = (await client.StartConversationAsync("jubilee")).GetProperty("id").GetString()!;
        var channel = ChannelName.For(ConversationId.Parse(conversation));
        await client.ReadReplyStreamAsync(await AskAsync(client, conversation));
        var page = await client.GetAsync($"/api/conversations/{conversation}/messages");
        var (epoch, offset) = (page.GetProperty("epoch").GetString()!, page.GetProperty("offset").GetInt64());
        var listener = new FakeFeedSubscriber();
        using var subscriptions = server.Services.GetRequiredService<ConnectionSubscriptionsFactory>()
            .Create(user, listener, maxChannels: 10);

        var result = await subscriptions.SubscribeAsync(new SubscribeRequest(channel, epoch, 0), Cancellation);

        Assert.Equal((true, epoch, offset, null), (result.Recovered, result.Epoch, result.Offset, result.Error));
        Assert.Equal(Enumerable.Range(1, (int)offset), result.Events.Select(frame => (int)((DurableFrame)frame.Frame).Offset));

        await AskAsync(client, conversation);
        var frames = await ReadToEndAsync(subscriptions, listener);
        Assert.Equal(offset + 1, Assert.IsType<MessagePosted>(frames.OfType<DurableFrame>().First()).Offset);
        var completed = Assert.IsType<ReplyCompleted>(frames[^1]);
        Assert.NotEmpty(completed.Message.Content);
        Assert.Equal(completed.Message.Content, TextOf(frames));
    }

    private static async Task<string> AskAsync(GatewayClient client, string conversation) =>
        (await client.PostAsync(conversation, "Hello")).GetProperty("replies")[0].GetProperty("id").GetString()!;

    private static async Task<List<Frame>> ReadToEndAsync(IConnectionSubscriptions subscriptions, FakeFeedSubscriber listener)
    {
        var frames = new List<Frame>();
        while (!frames.OfType<ReplyCompleted>().Any())
        {
            await listener.NextAsync(Cancellation);
            var burst = new FrameBurst();
            subscriptions.Read(burst);
            frames.AddRange(burst.Frames.Select(item => item.Frame.Frame));
        }

        return frames;
    }

    private static string TextOf(IEnumerable<Frame> frames)
    {
        var text = new StringBuilder();
        foreach (var frame in frames)
        {
            if (frame is ReplyStarted or ReplySnapshot)
                text.Clear();
            text.Append(frame is ReplySnapshot snapshot ? snapshot.Text : (frame as ReplyDelta)?.Text);
        }

        return text.ToString();
    }
}
