using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using JubileeVerse.Gateway.Tests.EndToEnd.Servers;

namespace JubileeVerse.Gateway.Tests.EndToEnd;

public sealed class SignInTests(StandaloneServer server) : IClassFixture<StandaloneServer>
{
    private static int _people;

    [Fact]
    public async Task Me_Unauthenticated_Is401WithoutARedirect()
    {
        using var client = server.NewClient();
        var problem = await client.GetAsync("/api/auth/me", HttpStatusCode.Unauthorized);
        Assert.Equal("unauthenticated", problem.GetProperty("code").GetString());
    }

    [Fact]
    public async Task Guest_SessionCookie_IsHttpOnlySameSiteAndNotPersistent()
    {
        using var client = server.NewClient();
        using var response = await client.RawAsync(HttpMethod.Post, "/api/auth/guest");
        var cookie = Assert.Single(response.Headers.GetValues("Set-Cookie"));

        Assert.StartsWith("jv.sid=", cookie, StringComparison.Ordinal);
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("secure", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("expires", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Login_Remember_SetsAPersistentCookie()
    {
        using var client = server.NewClient();
        var email = NewEmail();
        await client.RegisterAsync(email);
        using var response = await client.RawAsync(
            HttpMethod.Post, "/api/auth/login", JsonContent.Create(new { email, password = GatewayClient.Password, remember = true }));

        Assert.Contains("expires", Assert.Single(response.Headers.GetValues("Set-Cookie")), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Register_AsGuest_KeepsTheUserAndReplacesTheSession()
    {
        using var client = await server.NewClient().AsGuestAsync();
        var guest = IdOf(await client.GetAsync("/api/auth/me"));
        var before = client.SessionCookie;
        var user = await client.RegisterAsync(NewEmail());

        Assert.Equal(guest, user.GetProperty("id").GetString());
        Assert.False(user.GetProperty("isGuest").GetBoolean());
        Assert.NotEqual(before, client.SessionCookie);
        using var thief = server.NewClient();
        thief.SessionCookie = before;
        await thief.GetAsync("/api/auth/me", HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Login_FixatedSession_StartsANewOne()
    {
        var email = NewEmail();
        using (var first = server.NewClient())
            await first.RegisterAsync(email);
        using var attacker = await server.NewClient().AsGuestAsync();
        using var victim = server.NewClient();
        victim.SessionCookie = attacker.SessionCookie;
        await victim.LogInAsync(email);

        Assert.NotEqual(attacker.SessionCookie, victim.SessionCookie);
        await attacker.GetAsync("/api/auth/me", HttpStatusCode.Unauthorized);
        Assert.Equal(email, (await victim.GetAsync("/api/auth/me")).GetProperty("user").GetProperty("email").GetString());
    }

    [Fact]
    public async Task Register_TakenEmail_IsAConflict()
    {
        var email = NewEmail();
        using var first = server.NewClient();
        await first.RegisterAsync(email);
        using var second = server.NewClient();
        var problem = await second.SendAsync(
            HttpStatusCode.Conflict,
            HttpMethod.Post,
            "/api/auth/register",
            new { email, password = GatewayClient.Password, displayName = "B" });

        Assert.Equal("email-taken", problem.GetProperty("code").GetString());
    }

    [Fact]
    public async Task Login_UnknownEmail_IsInvalidCredentials()
    {
        using var client = server.NewClient();
        var problem = await client.SendAsync(
            HttpStatusCode.Unauthorized, HttpMethod.Post, "/api/auth/login", new { email = "nobody@example.org", password = "x" });

        Assert.Equal("invalid-credentials", problem.GetProperty("code").GetString());
    }

    [Fact]
    public async Task Logout_StolenCookie_IsUnauthorized()
    {
        using var client = await server.NewClient().AsGuestAsync();
        using var thief = server.NewClient();
        thief.SessionCookie = client.SessionCookie;
        await client.SendAsync(HttpStatusCode.NoContent, HttpMethod.Post, "/api/auth/logout");

        await thief.GetAsync("/api/auth/me", HttpStatusCode.Unauthorized);
        await client.GetAsync("/api/auth/me", HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task LogoutAll_TwoSessions_EndsBoth()
    {
        var email = NewEmail();
        using var phone = server.NewClient();
        await phone.RegisterAsync(email);
        using var desk = server.NewClient();
        await desk.LogInAsync(email);
        await desk.SendAsync(HttpStatusCode.NoContent, HttpMethod.Post, "/api/auth/logout-all");

        await phone.GetAsync("/api/auth/me", HttpStatusCode.Unauthorized);
        await desk.GetAsync("/api/auth/me", HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task UpdateProfile_ValidFields_StoresThem()
    {
        using var client = await server.NewClient().AsGuestAsync();
        var (_, persona) = await client.TwoPersonasAsync();
        await client.SendAsync(
            HttpStatusCode.OK,
            HttpMethod.Patch,
            "/api/auth/me",
            new { displayName = "Robin", preferredLanguage = "de", defaultPersona = persona });

        var user = (await client.GetAsync("/api/auth/me")).GetProperty("user");
        Assert.Equal(
            $"Robin/de/{persona}",
            $"{user.GetProperty("displayName")}/{user.GetProperty("preferredLanguage")}/{user.GetProperty("defaultPersona")}");
        var problem = await client.SendAsync(
            HttpStatusCode.BadRequest, HttpMethod.Patch, "/api/auth/me", new { defaultPersona = "nobody" });
        Assert.Equal("unknown-persona", problem.GetProperty("code").GetString());
    }

    [Fact]
    public async Task Token_OfAnEndedSession_IsUnauthorized()
    {
        var email = NewEmail();
        using (var first = server.NewClient())
            await first.RegisterAsync(email);
        using var client = server.NewClient();
        var tokens = await client.SendAsync(
            HttpStatusCode.OK, HttpMethod.Post, "/api/auth/token", new { email, password = GatewayClient.Password });
        client.Token = tokens.GetProperty("accessToken").GetString();
        Assert.Equal(email, (await client.GetAsync("/api/auth/me")).GetProperty("user").GetProperty("email").GetString());

        var refreshToken = tokens.GetProperty("refreshToken").GetString();
        var fresh = await client.SendAsync(HttpStatusCode.OK, HttpMethod.Post, "/api/auth/refresh", new { refreshToken });
        client.Token = fresh.GetProperty("accessToken").GetString();
        await client.SendAsync(HttpStatusCode.NoContent, HttpMethod.Post, "/api/auth/logout");

        await client.GetAsync("/api/auth/me", HttpStatusCode.Unauthorized);
        await client.SendAsync(HttpStatusCode.Unauthorized, HttpMethod.Post, "/api/auth/refresh", new { refreshToken });
    }

    [Fact]
    public async Task Token_Malformed_Is401()
    {
        using var client = server.NewClient();
        client.Token = "junk";
        await client.GetAsync("/api/auth/me", HttpStatusCode.Unauthorized);
        await client.SendAsync(HttpStatusCode.Unauthorized, HttpMethod.Post, "/api/auth/refresh", new { refreshToken = "junk" });
    }

    private static string NewEmail() => $"person{Interlocked.Increment(ref _people)}@example.org";

    private static string? IdOf(JsonElement response) => response.GetProperty("user").GetProperty("id").GetString();
}
