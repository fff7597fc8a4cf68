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

    /// <summary>Of either sort; together as many as a person may have.</summary>
    private const int LinksEach = 5;

    private const int DrainCode = 4000;

    private static readonly TimeSpan DrainBudget = TimeSpan.FromSeconds(45);

    [Fact]
    public async Task TerminationOfAGateway_WithAThousandLinks_TellsEachToGoAndResetsNone()
    {
        var people = new List<ClusterPerson>();
        var hubs = new List<HubSocket>();
        var streams = new List<HttpResponseMessage>();
        try
        {
            for (var i = 0; i < People; i++)
            {
                var person = await SignInAsync(gateway: 1);
                people.Add(person);
                hubs.AddRange(await Task.WhenAll(Each(() => HubSocket.OpenAsync(person.Address, person.Api.Cookies, Deadline))));
                streams.AddRange(await Task.WhenAll(Each(() => person.Api.OpenChannelsAsync(["announcements"], null, Deadline))));
            }

            var ends = Task.WhenAll([.. hubs.Select(EndOfAsync), .. streams.Select(EndOfAsync)]);
            var exitCode = await Site.SignalAsync(Site.Gateways[0], ClusterSignal.Term, Deadline, DrainBudget);
            var closings = await ends;

            Assert.Equal(0, exitCode);
            Assert.Equal(People * LinksEach * 2, closings.Length);
            Assert.All(closings, closing => Assert.Equal(DrainCode, closing.GetProperty("code").GetInt32()));
            Assert.All(hubs, link => Assert.Equal(WebSocketCloseStatus.NormalClosure, link.CloseStatus));

            // Else all of them would be at the other gateway's door in the same moment.
            var times = closings.Select(closing => closing.GetProperty("reconnectAfterMs").GetInt32()).Distinct().Count();
            Assert.True(times > closings.Length / 10, $"Only {times} times to come back.");
        }
        finally
        {
            hubs.ForEach(link => link.Dispose());
            streams.ForEach(response => response.Dispose());
            people.ForEach(person => person.Dispose());
        }
    }

    private static IEnumerable<Task<T>> Each<T>(Func<Task<T>> open) => Enumerable.Range(0, LinksEach).Select(_ => open());

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
        return Closing(last);
    }

    /// <summary>The closing frame, which must be the last of all, after which the body ends as bodies do: a reset is an error of the reading.</summary>
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
