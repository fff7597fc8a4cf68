using System.Net;
using System.Text.Json;
using JubileeVerse.Gateway.Tests.EndToEnd.Servers;
using JubileeVerse.Rules;

namespace JubileeVerse.Gateway.Tests.EndToEnd.Streams;

/// <summary>
/// A reply's stream ends with the session or token that requested it, as every stream does. The replies of these tests stay queued.
/// </summary>
public sealed class ReplyStreamCloseTests : OwnServerTests
{
    private const string Email = "stream-close@example.org";

    /// <summary>Real time; a stream that has not ended by then fails the test.</summary>
    private static readonly TimeSpan EndTimeout = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Logout_OpenStream_EndsIt(bool fromPost)
    {
        using var stream = await OpenAsync(Client, fromPost);

        await Client.SendAsync(HttpStatusCode.NoContent, HttpMethod.Post, "/api/auth/logout");

        Assert.Equal(CloseCodes.SessionEnded, await EndAsync(stream));
    }

    [Fact]
    public async Task Logout_AnotherSession_KeepsTheStreamOpen()
    {
        await Client.RegisterAsync(Email);
        using var other = Server.NewClient();
        await other.LogInAsync(Email);
        using var stream = await OpenAsync(Client, fromPost: false);

        await other.SendAsync(HttpStatusCode.NoContent, HttpMethod.Post, "/api/auth/logout");

        Assert.Null(Assert.Single(Server.Connections.GetOpen()).ClosingCode);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task TokenExpiry_OpenStream_EndsIt(bool fromPost)
    {
        await Client.RegisterAsync(Email);
        var token = (await Client.SendAsync(
            HttpStatusCode.OK, HttpMethod.Post, "/api/auth/token", new { email = Email, password = GatewayClient.Password }))
            .GetProperty("accessToken").GetString();
        using var bearer = Server.NewClient();
        bearer.Token = token;
        using var stream = await OpenAsync(bearer, fromPost);

        Server.Time.ShiftUtcNow(TimeSpan.FromMinutes(2));

        Assert.Equal(CloseCodes.TokenExpired, await EndAsync(stream));
    }

    private async Task<HttpResponseMessage> OpenAsync(GatewayClient client, bool fromPost)
    {
        using var admin = Server.NewClient();
        await admin.LogInAsync(StandaloneServer.AdminEmail, StandaloneServer.AdminPassword);
        await admin.SendAsync(HttpStatusCode.OK, HttpMethod.Post, "/api/admin/queues/ai-response/pause");
        var id = (await client.StartConversationAsync("jubilee")).GetProperty("id").GetString()!;
        if (fromPost)
        {
            return await client.RawAsync(
                HttpMethod.Post,
                $"/api/conversations/{id}/messages",
                GatewayClient.Json("""{"content":"Hello"}"""),
                ("Accept", "text/event-stream"));
        }

        var reply = (await client.PostAsync(id, "Hello")).GetProperty("replies")[0].GetProperty("id").GetString();
        return await client.RawAsync(HttpMethod.Get, $"/api/replies/{reply}/events");
    }

    /// <summary>Reads to the end of the stream and returns the code of its last event, which must be a closing event.</summary>
    private static async Task<int> EndAsync(HttpResponseMessage stream)
    {
        var events = await GatewayClient.EventsAsync(stream, Cancellation).ToListAsync(Cancellation).AsTask()
            .WaitAsync(EndTimeout, Cancellation);
        (_, string type, JsonElement frame) = events[^1];
        Assert.Equal("closing", type);
        return frame.GetProperty("code").GetInt32();
    }
}
