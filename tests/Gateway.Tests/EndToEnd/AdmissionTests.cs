using System.Net;
using System.Text.Json;
using JubileeVerse.Queues;

namespace JubileeVerse.Gateway.Tests.EndToEnd;

/// <summary>Posts that are too many, of one person and of all.</summary>
public sealed class AdmissionTests(FullServer server) : IClassFixture<FullServer>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Post_TooManyOfOneAndThenOfAll_IsRefusedAndStoresNothing()
    {
        var queue = server.Grains.GetGrain<IQueueGrain>(QueueNames.AiResponse);
        await queue.PauseAsync(Token);
        using var one = await server.NewClient().AsGuestAsync();
        await one.PostAsync(await ConversationAsync(one), "First");
        await one.PostAsync(await ConversationAsync(one), "Second");

        var refused = await RefusedAsync(one, HttpStatusCode.TooManyRequests);

        Assert.Equal("too-many-open-replies", refused.GetProperty("code").GetString());
        Assert.Equal(2, refused.GetProperty("position").GetInt32());

        using var other = await server.NewClient().AsGuestAsync();
        await other.PostAsync(await ConversationAsync(other), "Third");
        await SiloHearsAsync(queue);
        using var third = await server.NewClient().AsGuestAsync();
        var full = await RefusedAsync(third, HttpStatusCode.ServiceUnavailable);

        Assert.Equal("queue-full", full.GetProperty("code").GetString());
        Assert.Equal(3, full.GetProperty("position").GetInt32());
        Assert.Equal(3, (await queue.GetAsync(Token)).Waiting);
    }

    /// <summary>How full the queue is a silo hears in the answer to a poll: that of the first one from now on is in when the second comes.</summary>
    private static async Task SiloHearsAsync(IQueueGrain queue)
    {
        for (var polls = 0; polls < 2; polls++)
        {
            var before = await HeardAsync(queue);
            while (await HeardAsync(queue) == before)
                await Task.Yield();
        }
    }

    private static async Task<DateTimeOffset?> HeardAsync(IQueueGrain queue) => (await queue.WorkersAsync(Token)).SingleOrDefault()?.LastHeard;

    private static async Task<JsonElement> RefusedAsync(GatewayClient client, HttpStatusCode expected)
    {
        var path = $"/api/conversations/{await ConversationAsync(client)}/messages";
        var before = await client.GetAsync(path);

        using var response = await client.RawAsync(HttpMethod.Post, path, GatewayClient.Json("""{"content":"One more"}"""));

        var problem = await GatewayClient.ReadAsync(response, expected);
        Assert.InRange(problem.GetProperty("retryAfterSeconds").GetInt32(), 1, 600);
        Assert.Equal(problem.GetProperty("retryAfterSeconds").GetInt32(), response.Headers.RetryAfter!.Delta!.Value.TotalSeconds);
        Assert.Equal(before.ToString(), (await client.GetAsync(path)).ToString());
        return problem;
    }

    private static async Task<string> ConversationAsync(GatewayClient client) =>
        (await client.StartConversationAsync("jubilee")).GetProperty("id").GetString()!;
}
