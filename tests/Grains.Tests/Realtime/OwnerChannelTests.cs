using JubileeVerse.Conversations;
using JubileeVerse.Realtime;
using JubileeVerse.Replies.Providers;
using JubileeVerse.Testing.Clusters;
using JubileeVerse.Testing.Replies;
using JubileeVerse.Testing.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace JubileeVerse.Grains.Tests.Realtime;

/// <summary>What a person's other devices hear of their conversations without following each.</summary>
public sealed class OwnerChannelTests(SqliteStore store) : IClassFixture<SqliteStore>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AConversation_MadeNamedReadAndDeleted_IsToldToItsOwnerInOrderAndMessagesAreNot()
    {
        await using var cluster = await JubileeCluster.StartAsync(
            store,
            services => services.AddSingleton<IChatModelSource>(new ScriptedModels(new ScriptedChatClient("Yes."))),
            settings: new() { ["Limits:Enabled"] = "false" },
            cancellationToken: Token);
        var conversation = await cluster.StartConversationAsync(Token);
        var channel = ChannelName.Of(conversation.User);
        var gateway = new ListeningGateway(cluster);
        // That it was made is the first event of the channel, which the gateway may or may not have heard.
        await cluster.UntilAsync(async () => (await gateway.AttachAsync(conversation.User)).Offset == 1, "the first event", Token);

        var reply = await conversation.AskAsync("What is it called", Token);
        await conversation.EndOfAsync(reply.Id, Token);
        await conversation.PostAsync("And again", Token);
        await conversation.Grain.UpdateAsync(conversation.User, new ConversationChange("Named", null, null, null), Token);
        await conversation.Grain.MarkReadAsync(conversation.User, 2, Token);
        await conversation.Grain.MarkReadAsync(conversation.User, 1, Token);
        await conversation.Grain.DeleteAsync(conversation.User, Token);
        await gateway.Heard.NextAsync<ConversationChanged>(changed => changed.Deleted, Token);

        var told = gateway.Heard.Frames.OfType<DurableFrame>().Where(frame => frame.Offset > 1).ToArray();
        Assert.Equal([2L, 3L, 4L, 5L], told.Select(frame => frame.Offset));
        Assert.All(told, frame => Assert.Equal(channel, frame.Channel));
        Assert.Equal(
            ["What is it called", "Named", "Named"],
            told.OfType<ConversationChanged>().Select(changed => changed.Conversation.Title));
        var read = Assert.IsType<ReadMarked>(told[2]);
        Assert.Equal((conversation.User, conversation.Id, 2), (read.UserId, read.ConversationId, read.Seq));
    }
}
