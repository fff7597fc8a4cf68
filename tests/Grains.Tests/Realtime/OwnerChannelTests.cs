using JubileeVerse.Conversations;
using JubileeVerse.Realtime;
using JubileeVerse.Realtime.Frames;
using JubileeVerse.Replies.Providers;
using JubileeVerse.Testing.Clusters;
using JubileeVerse.Testing.Replies;
using JubileeVerse.Testing.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace JubileeVerse.Grains.Tests.Realtime;

/// <summary>The events on a user's own channel about their conversations, for devices that do not subscribe to each conversation.</summary>
public sealed class OwnerChannelTests(SqliteStore store) : IClassFixture<SqliteStore>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Conversation_CreatedRenamedReadAndDeleted_NotifiesItsOwnerInOrderButNotOfMessages()
    {
        await using var cluster = await JubileeCluster.StartAsync(
            store,
            services => services.AddSingleton<IChatModelSource>(new ScriptedModels(new ScriptedChatClient("Yes."))),
            settings: new() { ["Limits:Enabled"] = "false" },
            cancellationToken: Token);
        var conversation = await cluster.StartConversationAsync(Token);
        var channel = ChannelName.For(conversation.User);
        var gateway = new TestGateway(cluster);
        // The conversation's creation is the first event of the channel; the gateway may attach before or after it.
        await cluster.UntilAsync(async () => (await gateway.AttachAsync(conversation.User)).Offset == 1, "the first event", Token);

        var reply = await conversation.AskAsync("What is it called", Token);
        await conversation.EndOfAsync(reply.Id, Token);
        await conversation.PostAsync("And again", Token);
        await conversation.Grain.UpdateAsync(conversation.User, new ConversationChange("Named", null, null, null), Token);
        await conversation.Grain.MarkReadAsync(conversation.User, 2, Token);
        await conversation.Grain.MarkReadAsync(conversation.User, 1, Token);
        await conversation.Grain.DeleteAsync(conversation.User, Token);
        await gateway.Received.NextAsync<ConversationChanged>(changed => changed.Deleted, Token);

        var events = gateway.Received.Frames.OfType<DurableFrame>().Where(frame => frame.Offset > 1).ToArray();
        Assert.Equal([2L, 3L, 4L, 5L], events.Select(frame => frame.Offset));
        Assert.All(events, frame => Assert.Equal(channel, frame.Channel));
        Assert.Equal(
            ["What is it called", "Named", "Named"],
            events.OfType<ConversationChanged>().Select(changed => changed.Conversation.Title));
        var read = Assert.IsType<ReadMarked>(events[2]);
        Assert.Equal((conversation.User, conversation.Id, 2), (read.UserId, read.ConversationId, read.Seq));
    }
}
