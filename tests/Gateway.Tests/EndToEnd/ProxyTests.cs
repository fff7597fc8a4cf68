using System.Net;
using JubileeVerse.Gateway.Tests.EndToEnd.Servers;

namespace JubileeVerse.Gateway.Tests.EndToEnd;

/// <summary>Forwarded headers are honoured only when they come from a proxy that is listed in the settings.</summary>
public sealed class ProxyTests(ProxiedServer proxied, RateLimitedServer direct)
    : IClassFixture<ProxiedServer>, IClassFixture<RateLimitedServer>
{
    [Fact]
    public async Task ForwardedFor_TrustedProxy_IsTheRateLimitKey()
    {
        Assert.Equal(HttpStatusCode.Created, await GuestStatusAsync(proxied, ("X-Forwarded-For", "192.0.2.1")));
        Assert.Equal(HttpStatusCode.Created, await GuestStatusAsync(proxied, ("X-Forwarded-For", "192.0.2.1")));
        Assert.Equal(HttpStatusCode.TooManyRequests, await GuestStatusAsync(proxied, ("X-Forwarded-For", "192.0.2.1")));
        Assert.Equal(HttpStatusCode.Created, await GuestStatusAsync(proxied, ("X-Forwarded-For", "192.0.2.2")));
    }

    /// <summary>Only the last address was added by the proxy; those before it came with the request.</summary>
    [Fact]
    public async Task ForwardedFor_ForgedByTheClient_UsesTheAddressThatTheProxyAdded()
    {
        Assert.Equal(HttpStatusCode.Created, await GuestStatusAsync(proxied, ("X-Forwarded-For", "198.51.100.1, 192.0.2.9")));
        Assert.Equal(HttpStatusCode.Created, await GuestStatusAsync(proxied, ("X-Forwarded-For", "198.51.100.2, 192.0.2.9")));
        Assert.Equal(HttpStatusCode.TooManyRequests, await GuestStatusAsync(proxied, ("X-Forwarded-For", "198.51.100.3, 192.0.2.9")));
    }

    [Fact]
    public async Task ForwardedFor_UntrustedPeer_IsIgnored()
    {
        for (var i = 0; i < 4; i++)
            Assert.Equal(HttpStatusCode.Created, await GuestStatusAsync(direct, ("X-Forwarded-For", $"192.0.2.{i}")));
        Assert.Equal(HttpStatusCode.TooManyRequests, await GuestStatusAsync(direct, ("X-Forwarded-For", "192.0.2.200")));
    }

    [Fact]
    public async Task ForwardedProto_TrustedProxy_MakesTheCookieSecure()
    {
        using var client = proxied.NewClient();
        using var response = await client.RawAsync(
            HttpMethod.Post, "/api/auth/guest", null, ("X-Forwarded-For", "192.0.2.50"), ("X-Forwarded-Proto", "https"));

        Assert.Contains("secure", Assert.Single(response.Headers.GetValues("Set-Cookie")), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Preflight_AllowedOrigin_IsAllowedWithCredentials()
    {
        using var client = proxied.NewClient();
        using var response = await PreflightAsync(client, ProxiedServer.Origin);

        Assert.Equal(ProxiedServer.Origin, Assert.Single(response.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.Equal("true", Assert.Single(response.Headers.GetValues("Access-Control-Allow-Credentials")));
        Assert.Contains(
            "content-type", Assert.Single(response.Headers.GetValues("Access-Control-Allow-Headers")), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Preflight_OtherOrigin_AllowsNothing()
    {
        using var client = proxied.NewClient();
        using var other = await PreflightAsync(client, "https://evil.example.org");
        Assert.False(other.Headers.Contains("Access-Control-Allow-Origin"));

        using var plain = direct.NewClient();
        using var unset = await PreflightAsync(plain, ProxiedServer.Origin);
        Assert.False(unset.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Write_AllowedOrigin_IsAcceptedAndExposesHeaders()
    {
        using var client = proxied.NewClient();
        using var response = await client.RawAsync(
            HttpMethod.Post,
            "/api/auth/guest",
            null,
            ("Origin", ProxiedServer.Origin),
            ("Sec-Fetch-Site", "cross-site"),
            ("X-Forwarded-For", "192.0.2.60"));

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal(ProxiedServer.Origin, Assert.Single(response.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.Contains(
            "RateLimit", string.Join(',', response.Headers.GetValues("Access-Control-Expose-Headers")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Error_AllowedOrigin_HasCorsHeaders()
    {
        using var client = proxied.NewClient();
        using var response = await client.RawAsync(HttpMethod.Get, "/api/auth/me", null, ("Origin", ProxiedServer.Origin));

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal(ProxiedServer.Origin, Assert.Single(response.Headers.GetValues("Access-Control-Allow-Origin")));
    }

    private static Task<HttpResponseMessage> PreflightAsync(GatewayClient client, string origin) => client.RawAsync(
        HttpMethod.Options,
        "/api/conversations",
        null,
        ("Origin", origin),
        ("Access-Control-Request-Method", "POST"),
        ("Access-Control-Request-Headers", "content-type"));

    private static async Task<HttpStatusCode> GuestStatusAsync(StandaloneServer server, (string Name, string Value) header)
    {
        using var client = server.NewClient();
        using var response = await client.RawAsync(HttpMethod.Post, "/api/auth/guest", null, header);
        return response.StatusCode;
    }
}
