using System.Net;

namespace JubileeVerse.Gateway.Tests.EndToEnd;

public sealed class LimitTests(LimitedServer server) : IClassFixture<LimitedServer>
{
    [Fact]
    public async Task Session_OverItsQuota_IsToldWhenToComeBack()
    {
        using var client = await server.NewClient().AsGuestAsync();
        for (var left = 4; left >= 0; left--)
        {
            using var granted = await client.RawAsync(HttpMethod.Get, "/api/auth/me");
            Assert.Equal(HttpStatusCode.OK, granted.StatusCode);
            Assert.Equal("\"session\";q=5;w=60", Assert.Single(granted.Headers.GetValues("RateLimit-Policy")));
            Assert.StartsWith($"\"session\";r={left};", Assert.Single(granted.Headers.GetValues("RateLimit")), StringComparison.Ordinal);
        }

        using var refused = await client.RawAsync(HttpMethod.Get, "/api/auth/me");
        var problem = await GatewayClient.ReadAsync(refused, HttpStatusCode.TooManyRequests);
        Assert.Equal("rate-limited", problem.GetProperty("code").GetString());
        Assert.InRange(problem.GetProperty("retryAfterSeconds").GetInt32(), 1, 60);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.StartsWith("\"session\";r=0;", Assert.Single(refused.Headers.GetValues("RateLimit")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignIn_TooOften_IsRefused()
    {
        using var client = server.NewClient();
        var body = new { email = "nobody@example.org", password = "x" };
        for (var i = 0; i < 3; i++)
            await client.SendAsync(HttpStatusCode.Unauthorized, HttpMethod.Post, "/api/auth/login", body);

        await client.SendAsync(HttpStatusCode.TooManyRequests, HttpMethod.Post, "/api/auth/login", body);
    }

    [Fact]
    public async Task Probes_AnyNumber_AreAnswered()
    {
        using var client = await server.NewClient().AsGuestAsync();
        for (var i = 0; i < 10; i++)
        {
            using var response = await client.RawAsync(HttpMethod.Get, "/api/admin/ready");
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.False(response.Headers.Contains("RateLimit"));
        }
    }
}
