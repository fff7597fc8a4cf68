using JubileeVerse.Accounts;
using JubileeVerse.Conversations;
using JubileeVerse.Errors;
using JubileeVerse.Queues.Workers;
using JubileeVerse.Replies;
using JubileeVerse.Replies.Providers;
using JubileeVerse.Testing.Clusters;
using JubileeVerse.Testing.Replies;
using JubileeVerse.Testing.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace JubileeVerse.Grains.Tests.Failures;

/// <summary>
/// Two clusters share one store, as after Redis has lost its membership rows, and each has an activation of the same conversation and the
/// same queue. The fences in the store make that harmless.
/// </summary>
public sealed class SplitBrainTests : IClassFixture<PostgreSqlStore>
{
    private const int Rounds = 3;
    private const int MaxAttempts = 20;

    /// <summary>On the clusters' clock: long enough for several leases, stalls and activations of each queue.</summary>
    private static readonly TimeSpan Contention = TimeSpan.FromMinutes(1);

    private readonly PostgreSqlStore _store;

    public SplitBrainTests(PostgreSqlStore store)
    {
        _store = store;
        _store.SkipWhenMissing();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task PostAsync_TwoClustersShareOneStore_StoresEachMessageAndReplyOnce()
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
            var posted = await Task.WhenAll(PostAsync(conversation.Grain), PostAsync(twin));
            Assert.Equal(posted[0].Message.Id, posted[1].Message.Id);
            Assert.Equal(posted[0].Replies.Select(reply => reply.Id), posted[1].Replies.Select(reply => reply.Id));
            replies.AddRange(posted[0].Replies);

            Task<PostedTurn> PostAsync(IConversationGrain grain) => TryAsync(async () =>
                (await grain.PostAsync(command, Token)) is { Turn: { } turn } ? turn : throw new InvalidOperationException("Refused."));
        }

        // Then one cluster takes no more jobs, as when its silos leave. Two that continue can take over each other's jobs for minutes.
        await Task.Delay(Contention, left.Clock, Token).WaitAsync(Token);
        await right.Silos.Silos.Single().ServiceProvider.GetRequiredService<IJobDrain>().DrainAsync(Token).WaitAsync(Token);

        var ends = await EndsAsync(left, conversation.User, replies);
        foreach (var grain in new[] { conversation.Grain, twin })
        {
            await TryAsync(async () =>
            {
                await grain.MarkReadAsync(conversation.User, long.MaxValue, Token);
                return true;
            });
            foreach (var end in ends)
                Assert.Equal(end, await grain.GetReplyAsync(conversation.User, end.Id, Token));
        }

        var messages = await conversation.MessagesAsync(Token);
        Assert.Equal(
            Enumerable.Range(0, Rounds).Select(round => $"Question {round}"),
            messages.Where(message => message.ReplyId is null).Select(message => message.Content));
        Assert.Equal(
            ends.Where(end => end.Status == ReplyStatus.Completed).Select(end => end.Id.ToString()).Order(),
            messages.Select(message => message.ReplyId?.ToString()).OfType<string>().Order());
        Assert.Equal(Enumerable.Range(1, messages.Length).Select(seq => (long)seq), messages.Select(message => message.Seq));
    }

    /// <summary>
    /// Reads the ends from the store, because an activation learns of an end that the other one has committed only when it writes. An end
    /// may be a failure, because each queue treats the other cluster's worker as dead, and a job whose worker died twice fails.
    /// </summary>
    private static async Task<List<Reply>> EndsAsync(JubileeCluster cluster, UserId user, List<Reply> replies)
    {
        var queries = cluster.Grains.GetGrain<IConversationQueriesGrain>(0);
        var ends = new List<Reply>();
        foreach (var reply in replies)
        {
            Reply? found = null;
            await cluster.UntilAsync(
                async () => (found = await queries.FindReplyAsync(user, reply.Id, Token)) is { EndedAt: not null },
                $"the end of {reply.Id}",
                Token);
            Assert.True(
                found is { Status: ReplyStatus.Completed } or { Status: ReplyStatus.Failed, Error.Code: "reply-failed" }, $"{found}");
            ends.Add(found!);
        }

        return ends;
    }

    /// <summary>Retries an unavailable grain a bounded number of times under the same key, as a gateway does.</summary>
    private static async Task<T> TryAsync<T>(Func<Task<T>> call)
    {
        for (var attempts = 1; ; attempts++)
        {
            try
            {
                return await call();
            }
            catch (JubileeException exception) when (exception.Code == ErrorCode.Unavailable && attempts < MaxAttempts)
            {
            }
        }
    }

    private Task<JubileeCluster> StartAsync() => JubileeCluster.StartAsync(
        _store,
        services => services.AddSingleton<IChatModelSource>(new ScriptedModels(new ScriptedChatClient("Yes", ", indeed."))),
        settings: new() { ["Limits:Enabled"] = "false" },
        cancellationToken: Token);
}
