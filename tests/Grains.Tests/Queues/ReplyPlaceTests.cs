using JubileeVerse.Queues;
using JubileeVerse.Realtime;
using JubileeVerse.Replies;
using JubileeVerse.Replies.Providers;
using JubileeVerse.Testing.Clusters;
using JubileeVerse.Testing.Replies;
using JubileeVerse.Testing.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace JubileeVerse.Grains.Tests.Queues;

/// <summary>Who waits for a reply hears how it comes nearer.</summary>
public sealed class ReplyPlaceTests(SqliteStore store) : IClassFixture<SqliteStore>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ReplyQueued_ThoseBeforeItAreCancelled_TellsTheNewPlace()
    {
        var model = new ScriptedChatClient("Amen.").HangAfter(0);
        await using var cluster = await JubileeCluster.StartAsync(
            store,
            services => services.AddSingleton<IChatModelSource>(new ScriptedModels(model)),
            settings: new()
            {
                ["Limits:Enabled"] = "false",
                ["Queues:AiResponse:ConcurrencyPerSilo"] = "1",
                // The one that hangs is to hang until it is let go, however slow the machine is.
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
                async () => (await cluster.ReplyQueue.StandingAsync(JobId.Of(others[^1].Reply), Token))?.Position == position, "its place", Token);
            // The next comes in another millisecond, as the order of those of one is not told apart: on this clock, in another step.
            await Task.Delay(TimeSpan.FromMilliseconds(1), cluster.Clock, Token);
        }

        var (last, reply) = others[^1];
        await last.Gateway.NextAsync<ReplyQueued>(queued => queued.Position == 4, Token);

        foreach (var (conversation, id) in others.Take(2))
            await conversation.Grain.CancelReplyAsync(conversation.User, id, Token);

        var nearer = await last.Gateway.NextAsync<ReplyQueued>(queued => queued.Position != 4, Token);
        Assert.Equal((reply, 2), (nearer.ReplyId, nearer.Position));
        model.Release();
        await last.EndOfAsync(reply, Token);
    }
}
