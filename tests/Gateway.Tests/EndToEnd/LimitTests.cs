using System.Net;
using JubileeVerse.Gateway.Tests.EndToEnd.Servers;

namespace JubileeVerse.Gateway.Tests.EndToEnd;

public sealed class LimitTests(RateLimitedServer server) : IClassFixture<RateLimitedServer>
{
    [Fact]
    public async Task Request_OverTheSessionQuota_IsRejectedWithARetryTime()
    {
        using var client = await server.NewClient().AsGuestAsync();
        for (var remaining = 4; remaining >= 0; remaining--)
        {
            using var granted = await client.RawAsync(HttpMethod.Get, "/api/auth/me");
            Assert.Equal(HttpStatusCode.OK, granted.StatusCode);
            Assert.Equal("\"session\";q=5;w=60", Assert.Single(granted.Headers.GetValues("RateLimit-Policy")));
            Assert.StartsWith(
                $"\"session\";r={remaining};", Assert.Single(granted.Headers.GetValues("RateLimit")), StringComparison.Ordinal);
        }

        using var refused = await client.RawAsync(HttpMethod.Get, "/api/auth/me");
        var problem = await GatewayClient.ReadAsync(refused, HttpStatusCode.TooManyRequests);
        Assert.Equal("rate-limited", problem.GetProperty("code").GetString());
        Assert.InRange(problem.GetProperty("retryAfterSeconds").GetInt32(), 1, 60);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.StartsWith("\"session\";r=0;", Assert.Single(refused.Headers.GetValues("RateLimit")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignIn_OverTheLimit_IsRejected()
    {
        using var client = server.NewClient();
        var body = new { email = "nobody@example.org", password = "x" };
        for (var i = 0; i < 3; i++)
            await client.SendAsync(HttpStatusCode.Unauthorized, HttpMethod.Post, "/api/auth/login", body);

        await client.SendAsync(HttpStatusCode.TooManyRequests, HttpMethod.Post, "/api/auth/login", body);
    }

    [Fact]
    public async Task HealthProbes_AnyNumber_AreNotLimited()
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
