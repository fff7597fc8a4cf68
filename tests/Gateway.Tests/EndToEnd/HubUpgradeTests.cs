using System.Net;
using JubileeVerse.ServiceDefaults.Drain;
using Microsoft.Extensions.DependencyInjection;

namespace JubileeVerse.Gateway.Tests.EndToEnd;

/// <summary>Who may open a socket at the hub. The opening is a GET, and a browser sends the cookie with it from whatever page.</summary>
public sealed class HubUpgradeTests(StandaloneServer server) : IClassFixture<StandaloneServer>
{
    private const string Foreign = "https://evil.example.org";

    private static int _people;

    [Fact]
    public async Task Open_ByNobody_IsRefused() => Assert.Equal(401, await RawHub.RefusedAsync(server.Address, null));

    [Fact]
    public async Task Open_ByACookieFromAnotherOrigin_IsRefused()
    {
        using var client = await server.NewClient().AsGuestAsync();

        Assert.Equal(403, await RawHub.RefusedAsync(server.Address, client, "", ("Origin", Foreign)));
        Assert.Equal(403, await RawHub.RefusedAsync(server.Address, client, "", ("Sec-Fetch-Site", "cross-site")));
        Assert.Equal(403, await RawHub.RefusedAsync(server.Address, client, "", ("Sec-Fetch-Site", "same-site"), ("Origin", Foreign)));
    }

    [Fact]
    public async Task Open_ByACookieFromOurOwnPage_IsALink()
    {
        using var client = await server.NewClient().AsGuestAsync();
        using var link = await RawHub.OpenAsync(server.Address, client, "", ("Origin", server.Address.GetLeftPart(UriPartial.Authority)));

        Assert.Contains("connected", link.First, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_ByACookieFromAnAllowedOrigin_IsALink()
    {
        var proxied = new ProxiedServer();
        await proxied.InitializeAsync();
        try
        {
            using var client = await proxied.NewClient().AsGuestAsync();
            using var link = await RawHub.OpenAsync(proxied.Address, client, "", ("Origin", ProxiedServer.Origin));
            Assert.Contains("connected", link.First, StringComparison.Ordinal);
        }
        finally
        {
            await proxied.DisposeAsync();
        }
    }

    [Fact]
    public async Task Open_ByATokenInTheAddress_IsALink_FromWhereverThePageIs()
    {
        using var client = server.NewClient();
        var token = await TokenAsync(client);
        using var nobody = server.NewClient();

        using var link = await RawHub.OpenAsync(server.Address, nobody, $"?access_token={Uri.EscapeDataString(token)}", ("Origin", Foreign));

        Assert.Contains("connected", link.First, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TokenInTheAddress_Elsewhere_IsNobody()
    {
        using var client = server.NewClient();
        var token = Uri.EscapeDataString(await TokenAsync(client));
        using var nobody = server.NewClient();

        await nobody.GetAsync($"/api/auth/me?access_token={token}", HttpStatusCode.Unauthorized);
        await nobody.GetAsync($"/api/conversations?access_token={token}", HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Open_ByATokenOfAnEndedSession_IsRefused()
    {
        using var client = server.NewClient();
        var token = await TokenAsync(client);
        using var bearer = server.NewClient();
        bearer.Token = token;
        await bearer.SendAsync(HttpStatusCode.NoContent, HttpMethod.Post, "/api/auth/logout");

        Assert.Equal(401, await RawHub.RefusedAsync(server.Address, null, $"?access_token={Uri.EscapeDataString(token)}"));
        Assert.Equal(401, await RawHub.RefusedAsync(server.Address, null, "", ("Authorization", $"Bearer {token}")));
    }

    [Fact]
    public async Task Open_WithATokenInTheAddress_IsLoggedNowhere()
    {
        var talkative = new TalkativeServer();
        await talkative.InitializeAsync();
        try
        {
            using var client = talkative.NewClient();
            var token = Uri.EscapeDataString(await TokenAsync(client));
            using (await RawHub.OpenAsync(talkative.Address, null, $"?access_token={token}"))
            {
                // It has been logged by now.
            }

            var logs = talkative.Logs.GetSnapshot();
            Assert.Contains(logs, log => log.Message.Contains("/hubs/chat", StringComparison.Ordinal));
            Assert.DoesNotContain(logs, log => log.Message.Contains(token, StringComparison.Ordinal)
                || log.Message.Contains(Uri.UnescapeDataString(token), StringComparison.Ordinal));
        }
        finally
        {
            await talkative.DisposeAsync();
        }
    }

    [Fact]
    public async Task Open_WhileTheGatewayDrains_IsNotSpoiled()
    {
        var draining = await HubServer.StartAsync();
        using var client = await draining.NewClient().AsGuestAsync();
        draining.Services.GetRequiredService<DrainState>().Begin();

        using (var link = await RawHub.OpenAsync(draining.Address, client))
            Assert.Contains("connected", link.First, StringComparison.Ordinal);
        await draining.DisposeAsync();
    }

    [Fact]
    public async Task Negotiate_OffersSocketsOnly()
    {
        using var client = await server.NewClient().AsGuestAsync();

        var offer = await client.SendAsync(HttpStatusCode.OK, HttpMethod.Post, "/hubs/chat/negotiate?negotiateVersion=1");

        var transport = Assert.Single(offer.GetProperty("availableTransports").EnumerateArray());
        Assert.Equal("WebSockets", transport.GetProperty("transport").GetString());
        using var nobody = server.NewClient();
        await nobody.SendAsync(HttpStatusCode.Unauthorized, HttpMethod.Post, "/hubs/chat/negotiate?negotiateVersion=1");
    }

    private static async Task<string> TokenAsync(GatewayClient client)
    {
        var email = $"upgrade-{Interlocked.Increment(ref _people)}@example.org";
        await client.RegisterAsync(email);
        return (await client.SendAsync(HttpStatusCode.OK, HttpMethod.Post, "/api/auth/token", new { email, password = GatewayClient.Password }))
            .GetProperty("accessToken").GetString()!;
    }
}
