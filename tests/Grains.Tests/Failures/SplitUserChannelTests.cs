using Dapper;
using JubileeVerse.Accounts;
using JubileeVerse.Errors;
using JubileeVerse.Realtime;
using JubileeVerse.Realtime.Frames;
using JubileeVerse.Replies.Providers;
using JubileeVerse.Testing.Clusters;
using JubileeVerse.Testing.Replies;
using JubileeVerse.Testing.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace JubileeVerse.Grains.Tests.Failures;

/// <summary>Two clusters share one store, and each has an activation of the same user's channel.</summary>
public sealed class SplitUserChannelTests : IClassFixture<PostgreSqlStore>
{
    private const int Rounds = 10;
    private const int MaxAttempts = 50;

    private readonly PostgreSqlStore _store;

    public SplitUserChannelTests(PostgreSqlStore store)
    {
        _store = store;
        _store.SkipWhenMissing();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task NotifyAsync_TwoActivationsAtOnce_StoresEachEventOnceWithoutOffsetGaps()
    {
        await using var left = await StartAsync();
        await using var right = await StartAsync();
        var user = UserId.New(left.Clock);

        for (var round = 0; round < Rounds; round++)
            await Task.WhenAll(NotifyAsync(left, user, $"left {round}"), NotifyAsync(right, user, $"right {round}"));

        await using var connection = await _store.Database.OpenAsync(Token);
        var stored = (await connection.QueryAsync<(long Offset, string Frame)>(
            """select "offset", frame from channel_events where channel = @channel order by "offset" """,
            new { channel = ChannelName.For(user).Value })).AsList();
        Assert.Equal(Enumerable.Range(1, 2 * Rounds).Select(offset => (long)offset), stored.Select(row => row.Offset));
        foreach (var side in new[] { "left", "right" })
        {
            for (var round = 0; round < Rounds; round++)
                Assert.Single(stored, row => row.Frame.Contains($"\"{side} {round}\"", StringComparison.Ordinal));
        }
    }

    /// <summary>A retry is safe, because the error <c>unavailable</c> means that nothing was stored.</summary>
    private static async Task NotifyAsync(JubileeCluster cluster, UserId user, string message)
    {
        for (var attempts = 1; ; attempts++)
        {
            try
            {
                await cluster.Grains.GetGrain<IUserConnectionGrain>(user.Value).NotifyAsync(new Notice(message, "info"), Token);
                return;
            }
            catch (JubileeException exception) when (exception.Code == ErrorCode.Unavailable && attempts < MaxAttempts)
            {
            }
        }
    }

    private Task<JubileeCluster> StartAsync() => JubileeCluster.StartAsync(
        _store,
        services => services.AddSingleton<IChatModelSource>(new ScriptedModels(new ScriptedChatClient("Yes."))),
        settings: new() { ["Limits:Enabled"] = "false" },
        cancellationToken: Token);
}
