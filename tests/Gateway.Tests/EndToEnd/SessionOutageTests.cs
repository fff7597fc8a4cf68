using System.Net;
using JubileeVerse.Gateway.Tests.EndToEnd.Servers;

namespace JubileeVerse.Gateway.Tests.EndToEnd;

/// <summary>The session store is unavailable, and a request comes with a session that this gateway has not cached.</summary>
public sealed class SessionOutageTests(SessionOutageServer server) : IClassFixture<SessionOutageServer>
{
    [Theory]
    [InlineData("/api/personas?limit=2")]
    [InlineData("/api/personas/jubilee")]
    [InlineData("/api/admin/ready")]
    [InlineData("/api/admin/health")]
    [InlineData("/openapi/v1.json")]
    public async Task Request_SessionsUnavailableAndPathIsPublic_Succeeds(string path)
    {
        using var byCookie = await server.NewClient().AsGuestAsync();
        using var byToken = await WithTokenAsync();

        await DuringOutageAsync(async () =>
        {
            await byCookie.GetAsync(path);
            await byToken.GetAsync(path);
        });
    }

    [Fact]
    public async Task Request_SessionsUnavailableAndPathIsUnknown_IsNotFound()
    {
        using var client = await server.NewClient().AsGuestAsync();
        await DuringOutageAsync(() => client.GetAsync("/api/nowhere", HttpStatusCode.NotFound));
    }

    [Theory]
    [InlineData("GET", "/api/auth/me")]
    [InlineData("GET", "/api/conversations")]
    [InlineData("GET", "/api/admin/cluster")]
    [InlineData("POST", "/api/auth/logout")]
    [InlineData("POST", "/api/auth/guest")]
    public async Task Request_SessionsUnavailableAndPathIsPrivate_Is503AndKeepsTheSession(string method, string path)
    {
        using var byCookie = await server.NewClient().AsGuestAsync();
        using var byToken = await WithTokenAsync();

        await DuringOutageAsync(async () =>
        {
            await byCookie.SendAsync(HttpStatusCode.ServiceUnavailable, new HttpMethod(method), path);
            await byToken.SendAsync(HttpStatusCode.ServiceUnavailable, new HttpMethod(method), path);
        });

        await byCookie.GetAsync("/api/auth/me");
        await byToken.GetAsync("/api/auth/me");
    }

    private async Task DuringOutageAsync(Func<Task> act)
    {
        server.AreSessionsUnavailable = true;
        try
        {
            await act();
        }
        finally
        {
            server.AreSessionsUnavailable = false;
        }
    }

    private async Task<GatewayClient> WithTokenAsync()
    {
        var client = server.NewClient();
        var credentials = new { email = StandaloneServer.AdminEmail, password = StandaloneServer.AdminPassword };
        var response = await client.SendAsync(HttpStatusCode.OK, HttpMethod.Post, "/api/auth/token", credentials);
        client.Token = response.GetProperty("accessToken").GetString();
        return client;
    }
}
