using JubileeVerse.Queues.Jobs;
using JubileeVerse.Realtime.Frames;
using JubileeVerse.Replies;
using JubileeVerse.Replies.Providers;
using JubileeVerse.Testing.Clusters;
using JubileeVerse.Testing.Replies;
using JubileeVerse.Testing.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace JubileeVerse.Grains.Tests.Queues;

/// <summary>The position updates of a queued reply.</summary>
public sealed class ReplyPositionTests(SqliteStore store) : IClassFixture<SqliteStore>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ReplyQueued_EarlierRepliesCancelled_PublishesTheNewPosition()
    {
        var model = new ScriptedChatClient("Amen.").HangAfter(0);
        await using var cluster = await JubileeCluster.StartAsync(
            store,
            services => services.AddSingleton<IChatModelSource>(new ScriptedModels(model)),
            settings: new()
            {
                ["Limits:Enabled"] = "false",
                ["Queues:AiResponse:ConcurrencyPerSilo"] = "1",
                // The hanging reply must hang until it is released, however slow the machine is.
                ["Ai:Timeouts:FirstToken"] = "00:30:00",
                ["Ai:Timeouts:Total"] = "01:00:00",
            },
            cancellationToken: Token);
        var running = await cluster.StartConversationAsync(Token);
        await running.AskAsync("Go", Token);
        await model.Hanging.WaitAsync(Token);
        var others = new List<(TestConversation Conversation, ReplyId Reply)>();
        for (var i = 0; i < 4; i++)
        {
            var other = await cluster.StartConversationAsync(Token);
            others.Add((other, (await other.AskAsync("Wait", Token)).Id));
            var position = i + 1;
            await cluster.UntilAsync(
                async () => (await cluster.ReplyQueue.GetJobStatusAsync(JobId.From(others[^1].Reply), Token))?.Position == position,
                "its position",
                Token);
            // The next message is posted in another millisecond, which is another step of this clock, because the order of replies of one
            // millisecond is not defined.
            await Task.Delay(TimeSpan.FromMilliseconds(1), cluster.Clock, Token);
        }

        var (last, reply) = others[^1];
        await last.Gateway.NextAsync<ReplyQueued>(queued => queued.Position == 4, Token);

        foreach (var (conversation, id) in others.Take(2))
            await conversation.Grain.CancelReplyAsync(conversation.User, id, Token);

        var moved = await last.Gateway.NextAsync<ReplyQueued>(queued => queued.Position != 4, Token);
        Assert.Equal((reply, 2), (moved.ReplyId, moved.Position));
        model.Release();
        await last.EndOfAsync(reply, Token);
    }
}
