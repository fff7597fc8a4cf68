using System.Net;
using JubileeVerse.Gateway.Tests.EndToEnd.Servers;
using JubileeVerse.ServiceDefaults.Drain;
using Microsoft.Extensions.DependencyInjection;

namespace JubileeVerse.Gateway.Tests.EndToEnd.Hub;

/// <summary>
/// Who may open a socket at the hub. The upgrade request is a GET, and a browser sends the session cookie with it from a page of any
/// origin.
/// </summary>
public sealed class HubUpgradeTests(StandaloneServer server) : IClassFixture<StandaloneServer>
{
    private const string Foreign = "https://evil.example.org";

    private static int _people;

    [Fact]
    public async Task Open_Unauthenticated_IsRejected() =>
        Assert.Equal(401, await RawHubClient.GetRejectionStatusAsync(server.Address, null));

    [Fact]
    public async Task Open_CookieFromAnotherOrigin_IsForbidden()
    {
        using var client = await server.NewClient().AsGuestAsync();

        Assert.Equal(403, await RawHubClient.GetRejectionStatusAsync(server.Address, client, "", ("Origin", Foreign)));
        Assert.Equal(403, await RawHubClient.GetRejectionStatusAsync(server.Address, client, "", ("Sec-Fetch-Site", "cross-site")));
        Assert.Equal(
            403,
            await RawHubClient.GetRejectionStatusAsync(
                server.Address, client, "", ("Sec-Fetch-Site", "same-site"), ("Origin", Foreign)));
    }

    [Fact]
    public async Task Open_CookieFromTheSameOrigin_Connects()
    {
        using var client = await server.NewClient().AsGuestAsync();
        using var hub = await RawHubClient.OpenAsync(
            server.Address, client, "", ("Origin", server.Address.GetLeftPart(UriPartial.Authority)));

        Assert.Contains("connected", hub.First, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_CookieFromAnAllowedOrigin_Connects()
    {
        var proxied = new ProxiedServer();
        await proxied.InitializeAsync();
        try
        {
            using var client = await proxied.NewClient().AsGuestAsync();
            using var hub = await RawHubClient.OpenAsync(proxied.Address, client, "", ("Origin", ProxiedServer.Origin));
            Assert.Contains("connected", hub.First, StringComparison.Ordinal);
        }
        finally
        {
            await proxied.DisposeAsync();
        }
    }

    [Fact]
    public async Task Open_TokenInTheQuery_ConnectsFromAnyOrigin()
    {
        using var client = server.NewClient();
        var token = await TokenAsync(client);
        using var anonymous = server.NewClient();

        using var hub = await RawHubClient.OpenAsync(
            server.Address, anonymous, $"?access_token={Uri.EscapeDataString(token)}", ("Origin", Foreign));

        Assert.Contains("connected", hub.First, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ApiRequest_TokenInTheQuery_IsUnauthorized()
    {
        using var client = server.NewClient();
        var token = Uri.EscapeDataString(await TokenAsync(client));
        using var anonymous = server.NewClient();

        await anonymous.GetAsync($"/api/auth/me?access_token={token}", HttpStatusCode.Unauthorized);
        await anonymous.GetAsync($"/api/conversations?access_token={token}", HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Open_TokenOfAnEndedSession_IsUnauthorized()
    {
        using var client = server.NewClient();
        var token = await TokenAsync(client);
        using var bearer = server.NewClient();
        bearer.Token = token;
        await bearer.SendAsync(HttpStatusCode.NoContent, HttpMethod.Post, "/api/auth/logout");

        Assert.Equal(401, await RawHubClient.GetRejectionStatusAsync(server.Address, null, $"?access_token={Uri.EscapeDataString(token)}"));
        Assert.Equal(401, await RawHubClient.GetRejectionStatusAsync(server.Address, null, "", ("Authorization", $"Bearer {token}")));
    }

    [Fact]
    public async Task Open_TokenInTheQuery_IsNotLogged()
    {
        var verbose = new VerboseLoggingServer();
        await verbose.InitializeAsync();
        try
        {
            using var client = verbose.NewClient();
            var token = Uri.EscapeDataString(await TokenAsync(client));
            using (await RawHubClient.OpenAsync(verbose.Address, null, $"?access_token={token}"))
            {
                // The request is logged by now.
            }

            var logs = verbose.Logs.GetSnapshot();
            Assert.Contains(logs, log => log.Message.Contains("/hubs/chat", StringComparison.Ordinal));
            Assert.DoesNotContain(logs, log => log.Message.Contains(token, StringComparison.Ordinal)
                || log.Message.Contains(Uri.UnescapeDataString(token), StringComparison.Ordinal));
        }
        finally
        {
            await verbose.DisposeAsync();
        }
    }

    [Fact]
    public async Task Open_GatewayIsDraining_CompletesTheHandshake()
    {
        var draining = await HubServer.StartAsync();
        using var client = await draining.NewClient().AsGuestAsync();
        draining.Services.GetRequiredService<DrainState>().Begin();

        using (var hub = await RawHubClient.OpenAsync(draining.Address, client))
            Assert.Contains("connected", hub.First, StringComparison.Ordinal);
        await draining.DisposeAsync();
    }

    [Fact]
    public async Task Negotiate_Always_OffersWebSocketsOnly()
    {
        using var client = await server.NewClient().AsGuestAsync();

        var offer = await client.SendAsync(HttpStatusCode.OK, HttpMethod.Post, "/hubs/chat/negotiate?negotiateVersion=1");

        var transport = Assert.Single(offer.GetProperty("availableTransports").EnumerateArray());
        Assert.Equal("WebSockets", transport.GetProperty("transport").GetString());
        using var anonymous = server.NewClient();
        await anonymous.SendAsync(HttpStatusCode.Unauthorized, HttpMethod.Post, "/hubs/chat/negotiate?negotiateVersion=1");
    }

    private static async Task<string> TokenAsync(GatewayClient client)
    {
        var email = $"upgrade-{Interlocked.Increment(ref _people)}@example.org";
        await client.RegisterAsync(email);
        return (await client.SendAsync(
            HttpStatusCode.OK, HttpMethod.Post, "/api/auth/token", new { email, password = GatewayClient.Password }))
            .GetProperty("accessToken").GetString()!;
    }
}
