using System.Text;
using JubileeVerse.Accounts;
using JubileeVerse.Conversations;
using JubileeVerse.Gateway.Realtime;
using JubileeVerse.Gateway.Tests.Fakes;
using JubileeVerse.Realtime;
using Microsoft.Extensions.DependencyInjection;

namespace JubileeVerse.Gateway.Tests.EndToEnd;

/// <summary>A link's subscriptions over a real conversation, a real store and everything between.</summary>
public sealed class ChannelRecoveryTests(StandaloneServer server) : IClassFixture<StandaloneServer>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Subscribe_FromTheBeginning_BringsTheWholePast_AndThenWhatComes()
    {
        using var client = await server.NewClient().AsGuestAsync();
        var user = UserId.Parse((await client.GetAsync("/api/auth/me")).GetProperty("user").GetProperty("id").GetString()!);
        var conversation = (await client.StartConversationAsync("jubilee")).GetProperty("id").GetString()!;
        var channel = ChannelName.Of(ConversationId.Parse(conversation));
        await client.WholeStreamAsync(await AskAsync(client, conversation));
        var page = await client.GetAsync($"/api/conversations/{conversation}/messages");
        var (epoch, offset) = (page.GetProperty("epoch").GetString()!, page.GetProperty("offset").GetInt64());
        var listener = new FakeListener();
        using var subscriptions = server.Services.GetRequiredService<LinkSubscriptionsFactory>().For(user, listener, maxChannels: 10);

        var answer = await subscriptions.SubscribeAsync(new SubscribeRequest(channel, epoch, 0), Cancellation);

        Assert.Equal((true, epoch, offset, null), (answer.Recovered, answer.Epoch, answer.Offset, answer.Error));
        Assert.Equal(Enumerable.Range(1, (int)offset), answer.Events.Select(frame => (int)((DurableFrame)frame.Frame).Offset));

        await AskAsync(client, conversation);
        var frames = await ReadToTheEndAsync(subscriptions, listener);
        Assert.Equal(offset + 1, Assert.IsType<MessagePosted>(frames.OfType<DurableFrame>().First()).Offset);
        var completed = Assert.IsType<ReplyCompleted>(frames[^1]);
        Assert.NotEmpty(completed.Message.Content);
        Assert.Equal(completed.Message.Content, TextOf(frames));
    }

    private static async Task<string> AskAsync(GatewayClient client, string conversation) =>
        (await client.PostAsync(conversation, "Hello")).GetProperty("replies")[0].GetProperty("id").GetString()!;

    private static async Task<List<Frame>> ReadToTheEndAsync(ILinkSubscriptions subscriptions, FakeListener listener)
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
