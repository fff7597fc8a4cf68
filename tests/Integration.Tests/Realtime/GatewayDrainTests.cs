using System.Net.WebSockets;
using System.Text.Json;
using JubileeVerse.Integration.Tests.Cluster;
using JubileeVerse.Testing.Http;
using JubileeVerse.Testing.Processes;

namespace JubileeVerse.Integration.Tests.Realtime;

/// <summary>A gateway drains while it has very many connections.</summary>
public sealed class GatewayDrainTests(RunningCluster cluster) : ClusterTests(cluster)
{
    private const int Users = 100;

    /// <summary>Per user and transport; both together are the limit per user.</summary>
    private const int ConnectionsEach = 5;

    private const int DrainCode = 4000;

    private static readonly TimeSpan DrainBudget = TimeSpan.FromSeconds(45);

    [Fact]
    public async Task Terminate_GatewayWithAThousandConnections_ClosesEachAndResetsNone()
    {
        var users = new List<ClusterUser>();
        var hubs = new List<HubSocket>();
        var streams = new List<HttpResponseMessage>();
        try
        {
            for (var i = 0; i < Users; i++)
            {
                var user = await SignInAsync(gateway: 1);
                users.Add(user);
                hubs.AddRange(await Task.WhenAll(Each(() => HubSocket.OpenAsync(user.Address, user.Api.Cookies, Deadline))));
                streams.AddRange(await Task.WhenAll(Each(() => user.Api.OpenChannelsAsync(["announcements"], null, Deadline))));
            }

            var ends = Task.WhenAll([.. hubs.Select(EndOfAsync), .. streams.Select(EndOfAsync)]);
            var exitCode = await Site.SignalAsync(Site.Gateways[0], ClusterSignal.Term, Deadline, DrainBudget);
            var closings = await ends;

            Assert.Equal(0, exitCode);
            Assert.Equal(Users * ConnectionsEach * 2, closings.Length);
            Assert.All(closings, closing => Assert.Equal(DrainCode, closing.GetProperty("code").GetInt32()));
            Assert.All(hubs, hub => Assert.Equal(WebSocketCloseStatus.NormalClosure, hub.CloseStatus));

            // The reconnect delays must differ, because otherwise all clients would reconnect to the other gateway at the same moment.
            var times = closings.Select(closing => closing.GetProperty("reconnectAfterMs").GetInt32()).Distinct().Count();
            Assert.True(times > closings.Length / 10, $"Only {times} times to come back.");
        }
        finally
        {
            hubs.ForEach(hub => hub.Dispose());
            streams.ForEach(response => response.Dispose());
            users.ForEach(user => user.Dispose());
        }
    }

    private static IEnumerable<Task<T>> Each<T>(Func<Task<T>> open) => Enumerable.Range(0, ConnectionsEach).Select(_ => open());

    /// <summary>The closing frame, which must be the last frame before a regular close of the socket.</summary>
    private async Task<JsonElement> EndOfAsync(HubSocket hub)
    {
        JsonElement? last = null;
        while (await hub.NextAsync(Deadline) is { } record)
        {
            foreach (var frame in HubSocket.FramesOf(record))
                last = frame;
        }

        await hub.CloseAsync(Deadline);
        return Closing(last);
    }

    /// <summary>The closing frame, which must be the last frame before the regular end of the body; a reset would fail the read.</summary>
    private async Task<JsonElement> EndOfAsync(HttpResponseMessage stream)
    {
        JsonElement? last = null;
        await using var body = await stream.Content.ReadAsStreamAsync(Deadline);
        await foreach (var item in ApiEvent.ReadAsync(body, Deadline))
            last = item.Frame;
        return Closing(last);
    }

    private static JsonElement Closing(JsonElement? last) => last?.GetProperty("type").GetString() == "closing"
        ? last.Value
        : throw new InvalidOperationException($"The last frame was {last}.");
}
