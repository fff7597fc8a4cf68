using System.Net;
using JubileeVerse.Gateway.Tests.EndToEnd.Servers;

namespace JubileeVerse.Gateway.Tests.EndToEnd;

public sealed class DrainTests
{
    [Fact]
    public async Task ReplyStream_HostStopsWhileQueued_SendsQueuedThenClosing()
    {
        var server = new StandaloneServer();
        await server.InitializeAsync();
        using var admin = server.NewClient();
        await admin.LogInAsync(StandaloneServer.AdminEmail, StandaloneServer.AdminPassword);
        await admin.SendAsync(HttpStatusCode.OK, HttpMethod.Post, "/api/admin/queues/ai-response/pause");
        var id = (await admin.StartConversationAsync("jubilee")).GetProperty("id").GetString()!;
        var reply = (await admin.PostAsync(id, "Hello")).GetProperty("replies")[0].GetProperty("id").GetString();

        using var response = await admin.RawAsync(HttpMethod.Get, $"/api/replies/{reply}/events");
        await using var events = GatewayClient.EventsAsync(response, TestContext.Current.CancellationToken)
            .GetAsyncEnumerator(TestContext.Current.CancellationToken);
        Assert.True(await events.MoveNextAsync());
        Assert.Equal("ai-response-queued", events.Current.Type);
        Assert.Equal(reply, events.Current.Frame.GetProperty("replyId").GetString());

        await server.DisposeAsync();
        var last = events.Current;
        while (await events.MoveNextAsync())
            last = events.Current;
        Assert.Equal("closing", last.Type);
        Assert.Equal(4000, last.Frame.GetProperty("code").GetInt32());
        Assert.Equal("drain", last.Frame.GetProperty("reason").GetString());
        Assert.InRange(last.Frame.GetProperty("reconnectAfterMs").GetInt32(), 0, 5000);
    }
}
