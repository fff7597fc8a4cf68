using System.Net;
using System.Text.Json;
using JubileeVerse.Gateway.Realtime;

namespace JubileeVerse.Gateway.Tests.EndToEnd;

/// <summary>The stream of a reply ends with the session or token that asked for it, as every stream does. The replies of these tests stay queued.</summary>
public sealed class ReplyStreamCloseTests : OwnServerTests
{
    private const string Email = "stream-close@example.org";

    /// <summary>Of real time: a stream that goes on fails the test.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Logout_EndsTheStream(bool ofThePost)
    {
        using var stream = await OpenAsync(Client, ofThePost);

        await Client.SendAsync(HttpStatusCode.NoContent, HttpMethod.Post, "/api/auth/logout");

        Assert.Equal(CloseCodes.SessionEnded, await EndAsync(stream));
    }

    [Fact]
    public async Task Logout_OfAnotherSession_LeavesTheStream()
    {
        await Client.RegisterAsync(Email);
        using var other = Server.NewClient();
        await other.LogInAsync(Email);
        using var stream = await OpenAsync(Client, ofThePost: false);

        await other.SendAsync(HttpStatusCode.NoContent, HttpMethod.Post, "/api/auth/logout");

        Assert.Null(Assert.Single(Server.Connections.Open()).ClosingCode);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Token_WhoseTimeIsUp_EndsTheStream(bool ofThePost)
    {
        await Client.RegisterAsync(Email);
        var token = (await Client.SendAsync(HttpStatusCode.OK, HttpMethod.Post, "/api/auth/token", new { email = Email, password = GatewayClient.Password }))
            .GetProperty("accessToken").GetString();
        using var bearer = Server.NewClient();
        bearer.Token = token;
        using var stream = await OpenAsync(bearer, ofThePost);

        Server.Time.ShiftDay(TimeSpan.FromMinutes(2));

        Assert.Equal(CloseCodes.TokenExpired, await EndAsync(stream));
    }

    private async Task<HttpResponseMessage> OpenAsync(GatewayClient client, bool ofThePost)
    {
        using var admin = Server.NewClient();
        await admin.LogInAsync(StandaloneServer.AdminEmail, StandaloneServer.AdminPassword);
        await admin.SendAsync(HttpStatusCode.OK, HttpMethod.Post, "/api/admin/queues/ai-response/pause");
        var id = (await client.StartConversationAsync("jubilee")).GetProperty("id").GetString()!;
        if (ofThePost)
        {
            return await client.RawAsync(
                HttpMethod.Post, $"/api/conversations/{id}/messages", GatewayClient.Json("""{"content":"Hello"}"""), ("Accept", "text/event-stream"));
        }

        var reply = (await client.PostAsync(id, "Hello")).GetProperty("replies")[0].GetProperty("id").GetString();
        return await client.RawAsync(HttpMethod.Get, $"/api/replies/{reply}/events");
    }

    /// <summary>The code of the last event, after which the stream ends as streams are ended.</summary>
    private static async Task<int> EndAsync(HttpResponseMessage stream)
    {
        var events = await GatewayClient.EventsAsync(stream, Cancellation).ToListAsync(Cancellation).AsTask().WaitAsync(Patience, Cancellation);
        (_, string type, JsonElement frame) = events[^1];
        Assert.Equal("closing", type);
        return frame.GetProperty("code").GetInt32();
    }
}
