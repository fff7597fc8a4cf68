using JubileeVerse.Conversations;
using JubileeVerse.Errors;
using JubileeVerse.Replies;
using JubileeVerse.Replies.Providers;
using JubileeVerse.Testing.Clusters;
using JubileeVerse.Testing.Replies;
using JubileeVerse.Testing.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace JubileeVerse.Grains.Tests.Failures;

/// <summary>
/// Two clusters over one store, as after Redis has lost its membership rows: each has an activation of the same conversation and the same
/// queue. The fences in the store make that harmless.
/// </summary>
public sealed class SplitBrainTests : IClassFixture<PostgreSqlStore>
{
    private const int Rounds = 3;

    private readonly PostgreSqlStore _store;

    public SplitBrainTests(PostgreSqlStore store)
    {
        _store = store;
        _store.SkipWhenMissing();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TwoClustersOverOneStore_WithOneConversationAndOneQueue_LoseNothingAndDoubleNothing()
    {
        await using var left = await StartAsync();
        await using var right = await StartAsync();
        var conversation = await left.StartConversationAsync(Token);
        var twin = right.Grains.GetGrain<IConversationGrain>(conversation.Id.Value);
        await twin.MarkReadAsync(conversation.User, 0, Token);

        var replies = new List<Reply>();
        for (var round = 0; round < Rounds; round++)
        {
            var command = new PostMessage(conversation.User, $"Question {round}", $"key-{round}", [], null);
            var posted = await Task.WhenAll(PostAsync(conversation.Grain, command), PostAsync(twin, command));
            Assert.Equal(posted[0].Message.Id, posted[1].Message.Id);
            Assert.Equal(posted[0].Replies.Select(reply => reply.Id), posted[1].Replies.Select(reply => reply.Id));
            replies.AddRange(posted[0].Replies);
        }

        foreach (var reply in replies)
            Assert.Equal(ReplyStatus.Completed, (await conversation.UntilEndedAsync(reply.Id, Token)).Status);
        var messages = await conversation.MessagesAsync(Token);
        Assert.Equal(Enumerable.Range(0, Rounds).Select(round => $"Question {round}"), messages.Where(message => message.ReplyId is null).Select(message => message.Content));
        Assert.Equal(replies.Select(reply => reply.Id.ToString()).Order(), messages.Select(message => message.ReplyId?.ToString()).OfType<string>().Order());
        Assert.Equal(Enumerable.Range(1, messages.Length).Select(seq => (long)seq), messages.Select(message => message.Seq));
    }

    /// <summary>As a gateway does: "try again" is tried again, under the same key.</summary>
    private static async Task<PostedTurn> PostAsync(IConversationGrain grain, PostMessage command)
    {
        while (true)
        {
            try
            {
                var result = await grain.PostAsync(command, Token);
                return result.Turn ?? throw new InvalidOperationException($"Refused: {result.Refusal}");
            }
            catch (JubileeException exception) when (exception.Code == ErrorCode.Unavailable)
            {
                Token.ThrowIfCancellationRequested();
            }
        }
    }

    private Task<JubileeCluster> StartAsync() => JubileeCluster.StartAsync(
        _store,
        services => services.AddSingleton<IChatModelSource>(new ScriptedModels(new ScriptedChatClient("Yes", ", indeed."))),
        settings: new() { ["Limits:Enabled"] = "false" },
        cancellationToken: Token);
}
