using System.Net.WebSockets;
using System.Text.Json;
using JubileeVerse.Integration.Tests.Cluster;
using JubileeVerse.Testing.Http;
using JubileeVerse.Testing.Processes;

namespace JubileeVerse.Integration.Tests.Realtime;

/// <summary>A gateway is told to stop while very many listen.</summary>
public sealed class LinkDrainTests(RunningCluster cluster) : ClusterTests(cluster)
{
    private const int People = 100;

    /// <summary>As many as a person may have.</summary>
    private const int LinksEach = 10;

    private const int DrainCode = 4000;

    private static readonly TimeSpan DrainBudget = TimeSpan.FromSeconds(45);

    [Fact]
    public async Task TerminationOfAGateway_WithAThousandLinks_TellsEachToGoAndResetsNone()
    {
        var links = new List<HubSocket>();
        try
        {
            await foreach (var link in OpenAsync())
                links.Add(link);
            var ends = links.Select(EndOfAsync).ToArray();

            var exitCode = await Site.SignalAsync(Site.Gateways[0], ClusterSignal.Term, Deadline, DrainBudget);

            Assert.Equal(0, exitCode);
            var closings = await Task.WhenAll(ends);
            Assert.All(closings, closing => Assert.Equal(DrainCode, closing.GetProperty("code").GetInt32()));
            Assert.All(links, link => Assert.Equal(WebSocketCloseStatus.NormalClosure, link.CloseStatus));

            // Else all of them would be at the other gateway's door in the same moment.
            var times = closings.Select(closing => closing.GetProperty("reconnectAfterMs").GetInt32()).ToList();
            Assert.True(times.Distinct().Count() > links.Count / 10, $"Only {times.Distinct().Count()} times to come back.");
        }
        finally
        {
            links.ForEach(link => link.Dispose());
        }
    }

    private async IAsyncEnumerable<HubSocket> OpenAsync()
    {
        for (var i = 0; i < People; i++)
        {
            using var person = await SignInAsync(gateway: 1);
            foreach (var link in await Task.WhenAll(Enumerable.Range(0, LinksEach).Select(_ => HubSocket.OpenAsync(person.Address, person.Api.Cookies, Deadline))))
                yield return link;
        }
    }

    /// <summary>The closing frame, which must be the last of all, after which the socket is closed as sockets are.</summary>
    private async Task<JsonElement> EndOfAsync(HubSocket link)
    {
        JsonElement? last = null;
        while (await link.NextAsync(Deadline) is { } record)
        {
            foreach (var frame in HubSocket.FramesOf(record))
                last = frame;
        }

        await link.CloseAsync(Deadline);
        return last?.GetProperty("type").GetString() == "closing" ? last.Value : throw new InvalidOperationException($"The last frame was {last}.");
    }
}
