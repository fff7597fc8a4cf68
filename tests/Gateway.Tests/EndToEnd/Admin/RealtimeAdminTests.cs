using System.Net;
using JubileeVerse.Accounts;
using JubileeVerse.Gateway.Realtime.Connections;
using JubileeVerse.Gateway.Realtime.Presence;
using JubileeVerse.Gateway.Sessions;
using JubileeVerse.Gateway.Tests.EndToEnd.Servers;
using JubileeVerse.Realtime;
using JubileeVerse.Realtime.Frames;
using JubileeVerse.Rules;
using JubileeVerse.Testing.Clusters;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Gateway.Tests.EndToEnd.Admin;

/// <summary>
/// Connections that are closed by a session's end or by an administrator, and notices of administrators. The test itself plays a second
/// gateway.
/// </summary>
public sealed class RealtimeAdminTests(StandaloneServer server) : IClassFixture<StandaloneServer>
{
    private const string SessionIdClaim = "Microsoft.AspNetCore.Authentication.Cookies-SessionId";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private LiveConnections Connections => server.Services.GetRequiredService<LiveConnections>();

    [Fact]
    public async Task ListConnections_ByAdmin_CountsByGatewayAndTransport()
    {
        using var admin = await AdminAsync();
        using var guest = await server.NewClient().AsGuestAsync();
        await guest.GetAsync("/api/admin/connections", HttpStatusCode.Forbidden);
        var (user, session) = await IdentifyAsync(guest);
        using var connection = await ConnectAsync(user, session);
        using var stream = Connections.Add(user, Token);

        var response = await admin.GetAsync("/api/admin/connections");

        Assert.Equal((2, 1), (response.GetProperty("connections").GetInt32(), response.GetProperty("users").GetInt32()));
        var gateway = Assert.Single(response.GetProperty("gateways").EnumerateArray());
        Assert.Equal("""{"hub":1,"events":0,"replies":1}""", gateway.GetProperty("byTransport").GetRawText());
        Assert.False(gateway.GetProperty("draining").GetBoolean());
    }

    [Fact]
    public async Task Broadcast_WithAndWithoutConnections_DeliversAndCounts()
    {
        using var admin = await AdminAsync();
        var nobody = await BroadcastAsync(admin, new { message = "Unheard" });
        Assert.Equal((0, 0), nobody);
        var (user, session) = await IdentifyAsync(admin);
        using var connection = await ConnectAsync(user, session);
        var gateway = new RecordingGateway();
        await server.Grains.GetGrain<IChannelGrain>(ChannelName.Announcements.Value).AttachAsync(Subscription(gateway), null, 0, []);

        Assert.Equal((1, 1), await BroadcastAsync(admin, new { message = "Heard", type = "warning" }));

        var notice = await gateway.NextAsync<AdminNotice>(_ => true, Token);
        Assert.Equal((ChannelName.Announcements, "Heard", "warning"), (notice.Channel, notice.Message, notice.NoticeType));
        var problem = await admin.SendAsync(
            HttpStatusCode.BadRequest, HttpMethod.Post, "/api/admin/broadcast", new { type = new string('x', 51) });
        Assert.Equal(
            ["message", "type"], problem.GetProperty("errors").EnumerateObject().Select(field => field.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Disconnect_ConnectedUser_ClosesAllConnectionsAndIsAudited()
    {
        using var admin = await AdminAsync();
        using var guest = await server.NewClient().AsGuestAsync();
        var (user, session) = await IdentifyAsync(guest);
        using var local = await ConnectAsync(user, session);
        var remote = await AttachRemoteAsync(user, "another");

        var response = await admin.SendAsync(HttpStatusCode.OK, HttpMethod.Post, $"/api/admin/users/{user}/disconnect");

        Assert.Equal((2, CloseCodes.Kicked), (response.GetProperty("connections").GetInt32(), local.ClosingCode));
        Assert.Equal(CloseCodes.Kicked, (await remote.NextAsync<CloseConnections>(_ => true, Token)).Code);
        var entry = (await admin.GetAsync("/api/admin/audit?act=user-disconnect&limit=1")).GetProperty("entries")[0];
        Assert.Equal($"users/{user}/disconnect", entry.GetProperty("target").GetString());
        await admin.SendAsync(HttpStatusCode.NotFound, HttpMethod.Post, $"/api/admin/users/{UserId.New(TimeProvider.System)}/disconnect");
    }

    [Fact]
    public async Task UpdateUser_Disabled_ClosesAllConnections()
    {
        using var admin = await AdminAsync();
        using var person = server.NewClient();
        await person.RegisterAsync("banned@example.org");
        var (user, session) = await IdentifyAsync(person);
        using var local = await ConnectAsync(user, session);
        var remote = await AttachRemoteAsync(user, session);

        await admin.SendAsync(HttpStatusCode.OK, HttpMethod.Patch, $"/api/admin/users/{user}", new { disabled = true });

        Assert.Equal(CloseCodes.Banned, local.ClosingCode);
        Assert.Equal(CloseCodes.Banned, (await remote.NextAsync<CloseConnections>(_ => true, Token)).Code);
    }

    [Fact]
    public async Task Logout_OneOfTwoSessions_ClosesItsConnectionsAtAllGateways()
    {
        using var guest = await server.NewClient().AsGuestAsync();
        var (user, session) = await IdentifyAsync(guest);
        using var local = await ConnectAsync(user, session);
        using var another = await ConnectAsync(user, "another");
        var remote = await AttachRemoteAsync(user, session);

        await guest.SendAsync(HttpStatusCode.NoContent, HttpMethod.Post, "/api/auth/logout");

        Assert.Equal((CloseCodes.SessionEnded, null), (local.ClosingCode, another.ClosingCode));
        var close = await remote.NextAsync<CloseConnections>(_ => true, Token);
        Assert.Equal((CloseCodes.SessionEnded, session), (close.Code, close.Session));
    }

    [Fact]
    public async Task LogoutAll_SeveralSessions_ClosesAllConnections()
    {
        using var guest = await server.NewClient().AsGuestAsync();
        var (user, session) = await IdentifyAsync(guest);
        using var local = await ConnectAsync(user, session);
        using var another = await ConnectAsync(user, "another");
        var remote = await AttachRemoteAsync(user, "third");

        await guest.SendAsync(HttpStatusCode.NoContent, HttpMethod.Post, "/api/auth/logout-all");

        Assert.Equal((CloseCodes.SessionEnded, CloseCodes.SessionEnded), (local.ClosingCode, another.ClosingCode));
        var close = await remote.NextAsync<CloseConnections>(_ => true, Token);
        Assert.Equal((CloseCodes.SessionEnded, null), (close.Code, close.Session));
    }

    [Fact]
    public async Task SignIn_Again_ClosesConnectionsOfTheReplacedSession()
    {
        using var person = server.NewClient();
        await person.RegisterAsync("anew@example.org");
        var (user, session) = await IdentifyAsync(person);
        using var local = await ConnectAsync(user, session);

        await person.LogInAsync("anew@example.org");

        Assert.Equal(CloseCodes.SessionReplaced, local.ClosingCode);
        Assert.NotEqual(session, (await IdentifyAsync(person)).Session);
    }

    [Fact]
    public async Task NotifyUser_ConnectedUser_CountsTheConnections()
    {
        using var admin = await AdminAsync();
        using var guest = await server.NewClient().AsGuestAsync();
        var (user, session) = await IdentifyAsync(guest);
        using var connection = await ConnectAsync(user, session);
        var remote = await AttachRemoteAsync(user, "another");

        var response = await admin.SendAsync(
            HttpStatusCode.OK, HttpMethod.Post, $"/api/admin/users/{user}/notices", new { message = "For you" });

        Assert.Equal(2, response.GetProperty("connections").GetInt32());
        Assert.Equal("For you", (await remote.NextAsync<AdminNotice>(_ => true, Token)).Message);
    }

    [Fact]
    public async Task NamedChannel_CreatedNotifiedDeleted_DeliversTheNoticeThenUnsubscribes()
    {
        using var admin = await AdminAsync();
        await admin.SendAsync(HttpStatusCode.NotFound, HttpMethod.Post, "/api/admin/channels/news/notices", new { message = "Early" });
        await admin.SendAsync(HttpStatusCode.NoContent, HttpMethod.Put, "/api/admin/channels/news");
        var gateway = new RecordingGateway();
        await server.Grains.GetGrain<IChannelGrain>(ChannelName.ForNamed("news").Value).AttachAsync(Subscription(gateway), null, 0, []);

        var response = await admin.SendAsync(
            HttpStatusCode.OK, HttpMethod.Post, "/api/admin/channels/news/notices", new { message = "On time" });
        Assert.Equal(1, response.GetProperty("gateways").GetInt32());
        Assert.Equal("On time", (await gateway.NextAsync<AdminNotice>(_ => true, Token)).Message);

        await admin.SendAsync(HttpStatusCode.NoContent, HttpMethod.Delete, "/api/admin/channels/news");
        Assert.Equal(CloseCodes.Removed, (await gateway.NextAsync<Unsubscribed>(_ => true, Token)).Code);
        await admin.SendAsync(HttpStatusCode.NotFound, HttpMethod.Post, "/api/admin/channels/news/notices", new { message = "Late" });
        await admin.SendAsync(HttpStatusCode.BadRequest, HttpMethod.Put, "/api/admin/channels/News!");
    }

    private static async Task<(int Gateways, int Connections)> BroadcastAsync(GatewayClient admin, object body)
    {
        var response = await admin.SendAsync(HttpStatusCode.OK, HttpMethod.Post, "/api/admin/broadcast", body);
        return (response.GetProperty("gateways").GetInt32(), response.GetProperty("connections").GetInt32());
    }

    /// <summary>Registers a connection as the hub would.</summary>
    private async Task<LiveConnection> ConnectAsync(UserId user, string? session)
    {
        var connection = Connections.Add(user, Token, NewConnection(session));
        await server.Services.GetRequiredService<UserPresenceFeed>().TrackAsync(connection);
        return connection;
    }

    /// <summary>Registers a connection of the user at another gateway.</summary>
    private async Task<RecordingGateway> AttachRemoteAsync(UserId user, string? session)
    {
        var gateway = new RecordingGateway();
        await server.Grains.GetGrain<IUserConnectionGrain>(user.Value).AttachAsync(Subscription(gateway), [NewConnection(session)]);
        return gateway;
    }

    private GatewaySubscription Subscription(RecordingGateway gateway) =>
        new(GatewayId.New(TimeProvider.System), 1, server.Grains.CreateObjectReference<IGatewayObserver>(gateway));

    private static UserConnection NewConnection(string? session) =>
        new(UserId.New(TimeProvider.System).ToString(), ConnectionTransport.Hub, session, TimeProvider.System.GetUtcNow());

    /// <summary>The user and the subject of their session, read from the cookie.</summary>
    private async Task<(UserId User, string Session)> IdentifyAsync(GatewayClient client)
    {
        var me = (await client.GetAsync("/api/auth/me")).GetProperty("user");
        var user = UserId.Parse(me.GetProperty("id").GetString()!);
        var cookie = server.Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(SessionSchemes.Cookie);
        var key = cookie.TicketDataFormat.Unprotect(client.SessionCookie)!.Principal.FindFirst(SessionIdClaim)!.Value;
        return (user, CallerClaims.Principal(user, key).SessionSubject()!);
    }

    private async Task<GatewayClient> AdminAsync()
    {
        var client = server.NewClient();
        await client.LogInAsync(StandaloneServer.AdminEmail, StandaloneServer.AdminPassword);
        return client;
    }
}
