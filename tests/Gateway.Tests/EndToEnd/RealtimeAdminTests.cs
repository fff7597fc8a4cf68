using System.Net;
using JubileeVerse.Accounts;
using JubileeVerse.Gateway.Accounts;
using JubileeVerse.Gateway.Realtime;
using JubileeVerse.Realtime;
using JubileeVerse.Testing.Clusters;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Gateway.Tests.EndToEnd;

/// <summary>Links that end with a session or by an admin, and what everybody is told. Another gateway is one that the test plays.</summary>
public sealed class RealtimeAdminTests(StandaloneServer server) : IClassFixture<StandaloneServer>
{
    private const string SessionIdClaim = "Microsoft.AspNetCore.Authentication.Cookies-SessionId";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private LiveConnections Connections => server.Services.GetRequiredService<LiveConnections>();

    [Fact]
    public async Task Connections_AreListedByGatewayAndTransport_ForAdmins()
    {
        using var admin = await AdminAsync();
        using var guest = await server.NewClient().AsGuestAsync();
        await guest.GetAsync("/api/admin/connections", HttpStatusCode.Forbidden);
        var (user, session) = await WhoAsync(guest);
        using var link = await ConnectAsync(user, session);
        using var stream = Connections.Add(user, Token);

        var answer = await admin.GetAsync("/api/admin/connections");

        Assert.Equal((2, 1), (answer.GetProperty("connections").GetInt32(), answer.GetProperty("users").GetInt32()));
        var gateway = Assert.Single(answer.GetProperty("gateways").EnumerateArray());
        Assert.Equal("""{"hub":1,"events":0,"replies":1}""", gateway.GetProperty("byTransport").GetRawText());
        Assert.False(gateway.GetProperty("draining").GetBoolean());
    }

    [Fact]
    public async Task Broadcast_IsHeardAndCounted_AndToNobodyIsZero()
    {
        using var admin = await AdminAsync();
        var nobody = await BroadcastAsync(admin, new { message = "Unheard" });
        Assert.Equal((0, 0), nobody);
        var (user, session) = await WhoAsync(admin);
        using var link = await ConnectAsync(user, session);
        var gateway = new RecordingGateway();
        await server.Grains.GetGrain<IChannelGrain>(ChannelName.Announcements.Value).AttachAsync(Subscription(gateway), null, 0, []);

        Assert.Equal((1, 1), await BroadcastAsync(admin, new { message = "Heard", type = "warning" }));

        var notice = await gateway.NextAsync<AdminNotice>(_ => true, Token);
        Assert.Equal((ChannelName.Announcements, "Heard", "warning"), (notice.Channel, notice.Message, notice.NoticeType));
        var problem = await admin.SendAsync(HttpStatusCode.BadRequest, HttpMethod.Post, "/api/admin/broadcast", new { type = new string('x', 51) });
        Assert.Equal(["message", "type"], problem.GetProperty("errors").EnumerateObject().Select(field => field.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Disconnect_EndsAllLinksOfAPerson_AndIsKept()
    {
        using var admin = await AdminAsync();
        using var guest = await server.NewClient().AsGuestAsync();
        var (user, session) = await WhoAsync(guest);
        using var here = await ConnectAsync(user, session);
        var elsewhere = await AttachElsewhereAsync(user, "another");

        var answer = await admin.SendAsync(HttpStatusCode.OK, HttpMethod.Post, $"/api/admin/users/{user}/disconnect");

        Assert.Equal((2, CloseCodes.Kicked), (answer.GetProperty("connections").GetInt32(), here.ClosingCode));
        Assert.Equal(CloseCodes.Kicked, (await elsewhere.NextAsync<CloseLinks>(_ => true, Token)).Code);
        var entry = (await admin.GetAsync("/api/admin/audit?act=user-disconnect&limit=1")).GetProperty("entries")[0];
        Assert.Equal($"users/{user}/disconnect", entry.GetProperty("target").GetString());
        await admin.SendAsync(HttpStatusCode.NotFound, HttpMethod.Post, $"/api/admin/users/{UserId.New(TimeProvider.System)}/disconnect");
    }

    [Fact]
    public async Task Disabling_EndsAllLinksOfThePerson()
    {
        using var admin = await AdminAsync();
        using var person = server.NewClient();
        await person.RegisterAsync("banned@example.org");
        var (user, session) = await WhoAsync(person);
        using var here = await ConnectAsync(user, session);
        var elsewhere = await AttachElsewhereAsync(user, session);

        await admin.SendAsync(HttpStatusCode.OK, HttpMethod.Patch, $"/api/admin/users/{user}", new { disabled = true });

        Assert.Equal(CloseCodes.Banned, here.ClosingCode);
        Assert.Equal(CloseCodes.Banned, (await elsewhere.NextAsync<CloseLinks>(_ => true, Token)).Code);
    }

    [Fact]
    public async Task Logout_EndsTheLinksOfItsSessionAtAllGateways_AndNoOthers()
    {
        using var guest = await server.NewClient().AsGuestAsync();
        var (user, session) = await WhoAsync(guest);
        using var here = await ConnectAsync(user, session);
        using var another = await ConnectAsync(user, "another");
        var elsewhere = await AttachElsewhereAsync(user, session);

        await guest.SendAsync(HttpStatusCode.NoContent, HttpMethod.Post, "/api/auth/logout");

        Assert.Equal((CloseCodes.SessionEnded, null), (here.ClosingCode, another.ClosingCode));
        var close = await elsewhere.NextAsync<CloseLinks>(_ => true, Token);
        Assert.Equal((CloseCodes.SessionEnded, session), (close.Code, close.Session));
    }

    [Fact]
    public async Task LogoutAll_EndsAllLinks()
    {
        using var guest = await server.NewClient().AsGuestAsync();
        var (user, session) = await WhoAsync(guest);
        using var here = await ConnectAsync(user, session);
        using var another = await ConnectAsync(user, "another");
        var elsewhere = await AttachElsewhereAsync(user, "third");

        await guest.SendAsync(HttpStatusCode.NoContent, HttpMethod.Post, "/api/auth/logout-all");

        Assert.Equal((CloseCodes.SessionEnded, CloseCodes.SessionEnded), (here.ClosingCode, another.ClosingCode));
        var close = await elsewhere.NextAsync<CloseLinks>(_ => true, Token);
        Assert.Equal((CloseCodes.SessionEnded, null), (close.Code, close.Session));
    }

    [Fact]
    public async Task SignIn_Anew_SendsTheLinksOfTheOldSessionBack()
    {
        using var person = server.NewClient();
        await person.RegisterAsync("anew@example.org");
        var (user, session) = await WhoAsync(person);
        using var here = await ConnectAsync(user, session);

        await person.LogInAsync("anew@example.org");

        Assert.Equal(CloseCodes.SessionReplaced, here.ClosingCode);
        Assert.NotEqual(session, (await WhoAsync(person)).Session);
    }

    [Fact]
    public async Task Notices_ToOnePerson_AreCountedByTheirLinks()
    {
        using var admin = await AdminAsync();
        using var guest = await server.NewClient().AsGuestAsync();
        var (user, session) = await WhoAsync(guest);
        using var link = await ConnectAsync(user, session);
        var elsewhere = await AttachElsewhereAsync(user, "another");

        var answer = await admin.SendAsync(HttpStatusCode.OK, HttpMethod.Post, $"/api/admin/users/{user}/notices", new { message = "For you" });

        Assert.Equal(2, answer.GetProperty("connections").GetInt32());
        Assert.Equal("For you", (await elsewhere.NextAsync<AdminNotice>(_ => true, Token)).Message);
    }

    [Fact]
    public async Task Channels_OfAdmins_AreMadeToldAndRemoved()
    {
        using var admin = await AdminAsync();
        await admin.SendAsync(HttpStatusCode.NotFound, HttpMethod.Post, "/api/admin/channels/news/notices", new { message = "Early" });
        await admin.SendAsync(HttpStatusCode.NoContent, HttpMethod.Put, "/api/admin/channels/news");
        var gateway = new RecordingGateway();
        await server.Grains.GetGrain<IChannelGrain>(ChannelName.OfNamed("news").Value).AttachAsync(Subscription(gateway), null, 0, []);

        var answer = await admin.SendAsync(HttpStatusCode.OK, HttpMethod.Post, "/api/admin/channels/news/notices", new { message = "On time" });
        Assert.Equal(1, answer.GetProperty("gateways").GetInt32());
        Assert.Equal("On time", (await gateway.NextAsync<AdminNotice>(_ => true, Token)).Message);

        await admin.SendAsync(HttpStatusCode.NoContent, HttpMethod.Delete, "/api/admin/channels/news");
        Assert.Equal(CloseCodes.Gone, (await gateway.NextAsync<Unsubscribed>(_ => true, Token)).Code);
        await admin.SendAsync(HttpStatusCode.NotFound, HttpMethod.Post, "/api/admin/channels/news/notices", new { message = "Late" });
        await admin.SendAsync(HttpStatusCode.BadRequest, HttpMethod.Put, "/api/admin/channels/News!");
    }

    private static async Task<(int Gateways, int Connections)> BroadcastAsync(GatewayClient admin, object body)
    {
        var answer = await admin.SendAsync(HttpStatusCode.OK, HttpMethod.Post, "/api/admin/broadcast", body);
        return (answer.GetProperty("gateways").GetInt32(), answer.GetProperty("connections").GetInt32());
    }

    /// <summary>A link as the hub would hold it.</summary>
    private async Task<LiveConnection> ConnectAsync(UserId user, string? session)
    {
        var connection = Connections.Add(user, Token, Link(session));
        await server.Services.GetRequiredService<UserPresenceFeed>().HoldAsync(connection);
        return connection;
    }

    /// <summary>A link of the person at another gateway.</summary>
    private async Task<RecordingGateway> AttachElsewhereAsync(UserId user, string? session)
    {
        var gateway = new RecordingGateway();
        await server.Grains.GetGrain<IUserConnectionGrain>(user.Value).AttachAsync(Subscription(gateway), [Link(session)]);
        return gateway;
    }

    private GatewaySubscription Subscription(RecordingGateway gateway) =>
        new(GatewayId.New(TimeProvider.System), 1, server.Grains.CreateObjectReference<IGatewayObserver>(gateway));

    private static UserLink Link(string? session) =>
        new(UserId.New(TimeProvider.System).ToString(), LinkTransport.Hub, session, TimeProvider.System.GetUtcNow());

    /// <summary>The person and the name of their session, read out of their cookie.</summary>
    private async Task<(UserId User, string Session)> WhoAsync(GatewayClient client)
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
