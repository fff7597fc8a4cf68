using JubileeVerse.Replies.Providers;
using JubileeVerse.Testing.Clusters;
using JubileeVerse.Testing.Replies;
using JubileeVerse.Testing.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace JubileeVerse.Grains.Tests.Failures;

public sealed class JoiningSiloTests(SqliteStore store) : IClassFixture<SqliteStore>
{
    private const int Conversations = 90;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task JoinAsync_NewSilo_HostsItsShareOfNewActivationsAndMovesNone()
    {
        await using var cluster = await JubileeCluster.StartAsync(
            store,
            services => services.AddSingleton<IChatModelSource>(new ScriptedModels(new ScriptedChatClient("Yes."))),
            silos: 2,
            settings: new() { ["Limits:Enabled"] = "false" },
            cancellationToken: Token);
        var before = await StartManyAsync(cluster);
        var hosts = await HostsAsync(cluster, before);

        var joined = await cluster.AddSiloAsync();
        var after = await HostsAsync(cluster, await StartManyAsync(cluster));

        // The expected share is 30. Ten or fewer occur by chance once in three million runs.
        Assert.True(after.Count(host => host.Equals(joined)) > 10, string.Join('\n', after.CountBy(host => host)));
        Assert.Equal(hosts, await HostsAsync(cluster, before));
    }

    private static async Task<TestConversation[]> StartManyAsync(JubileeCluster cluster)
    {
        var conversations = new TestConversation[Conversations];
        for (var i = 0; i < Conversations; i++)
            conversations[i] = await cluster.StartConversationAsync(Token);
        return conversations;
    }

    private static Task<SiloAddress[]> HostsAsync(JubileeCluster cluster, TestConversation[] conversations) =>
        Task.WhenAll(conversations.Select(conversation => cluster.FindHostAsync(conversation.Grain, Token)));
}
