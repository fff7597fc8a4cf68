using System.Net;
using System.Text.Json;
using JubileeVerse.Gateway.Tests.EndToEnd.Servers;
using JubileeVerse.Queues;

namespace JubileeVerse.Gateway.Tests.EndToEnd;

/// <summary>The limits on open replies: those of one user, and those of the whole queue.</summary>
public sealed class AdmissionTests(SmallQueueServer server) : IClassFixture<SmallQueueServer>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Post_UserLimitThenQueueLimitReached_IsRejectedAndStoresNothing()
    {
        var queue = server.Grains.GetGrain<IQueueGrain>(QueueNames.AiResponse);
        await queue.PauseAsync(Token);
        using var one = await server.NewClient().AsGuestAsync();
        await one.PostAsync(await ConversationAsync(one), "First");
        await one.PostAsync(await ConversationAsync(one), "Second");

        var refused = await ExpectRejectedAsync(one, HttpStatusCode.TooManyRequests);

        Assert.Equal("too-many-open-replies", refused.GetProperty("code").GetString());
        Assert.Equal(2, refused.GetProperty("position").GetInt32());

        using var other = await server.NewClient().AsGuestAsync();
        await other.PostAsync(await ConversationAsync(other), "Third");
        await WaitForTwoPollsAsync(queue);
        using var third = await server.NewClient().AsGuestAsync();
        var full = await ExpectRejectedAsync(third, HttpStatusCode.ServiceUnavailable);

        Assert.Equal("queue-full", full.GetProperty("code").GetString());
        Assert.Equal(3, full.GetProperty("position").GetInt32());
        Assert.Equal(3, (await queue.GetAsync(Token)).Waiting);
    }

    /// <summary>
    /// Waits for two polls. A silo learns how full the queue is from a poll's result, and it has that of the first poll when it sends the
    /// second.
    /// </summary>
    private static async Task WaitForTwoPollsAsync(IQueueGrain queue)
    {
        for (var polls = 0; polls < 2; polls++)
        {
            var before = await LastSeenAsync(queue);
            while (await LastSeenAsync(queue) == before)
                await Task.Yield();
        }
    }

    private static async Task<DateTimeOffset?> LastSeenAsync(IQueueGrain queue) =>
        (await queue.WorkersAsync(Token)).SingleOrDefault()?.LastSeenAt;

    private static async Task<JsonElement> ExpectRejectedAsync(GatewayClient client, HttpStatusCode expected)
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
