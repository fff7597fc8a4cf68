using System.Net;

namespace JubileeVerse.Gateway.Tests.EndToEnd;

/// <summary>Sessions are out of reach, and somebody comes whom this gateway does not know yet.</summary>
public sealed class SessionOutageTests(ForgetfulServer server) : IClassFixture<ForgetfulServer>
{
    [Theory]
    [InlineData("/api/personas?limit=2")]
    [InlineData("/api/personas/jubilee")]
    [InlineData("/api/admin/ready")]
    [InlineData("/api/admin/health")]
    [InlineData("/openapi/v1.json")]
    public async Task Outage_WhatAnyoneMayRead_IsAnswered(string path)
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
    public async Task Outage_UnknownPath_IsNotFound()
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
    public async Task Outage_WhatIsSomebodys_IsUnavailableAndNobodyIsSignedOut(string method, string path)
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
        server.AreSessionsAway = true;
        try
        {
            await act();
        }
        finally
        {
            server.AreSessionsAway = false;
        }
    }

    private async Task<GatewayClient> WithTokenAsync()
    {
        var client = server.NewClient();
        var credentials = new { email = StandaloneServer.AdminEmail, password = StandaloneServer.AdminPassword };
        var answer = await client.SendAsync(HttpStatusCode.OK, HttpMethod.Post, "/api/auth/token", credentials);
        client.Token = answer.GetProperty("accessToken").GetString();
        return client;
    }
}
