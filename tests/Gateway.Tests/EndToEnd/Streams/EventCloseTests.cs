using System.Net;
using JubileeVerse.Gateway.Realtime.Connections;
using JubileeVerse.Gateway.Tests.EndToEnd.Servers;
using JubileeVerse.Realtime;
using JubileeVerse.Rules;
using Microsoft.Extensions.DependencyInjection;

namespace JubileeVerse.Gateway.Tests.EndToEnd.Streams;

/// <summary>How event streams end. When the server ends one, it sends a closing event and then completes the response.</summary>
public sealed class EventCloseTests(HubServer server) : IClassFixture<HubServer>, IAsyncLifetime
{
    private GatewayClient _client = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        // The streams of the previous test must be closed first.
        await WhenAllClosedAsync();
        _client = await server.NewClient().AsGuestAsync();
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Open_WithCookie_RegistersTransportSessionAndId()
    {
        await using var stream = await OpenAsync();

        var connection = Assert.Single(server.Connections.GetIdle());
        Assert.Equal(ConnectionTransport.EventStream, connection.UserConnection!.Transport);
        Assert.NotNull(connection.UserConnection.Session);
        Assert.Equal((await stream.NextAsync()).GetProperty("connectionId").GetString(), connection.UserConnection.Id);
    }

    [Fact]
    public async Task Close_ByTheServer_SetsTheRetryInterval()
    {
        await using var stream = await OpenAsync();

        Assert.Single(server.Connections.GetIdle()).Close(CloseCodes.Drain);

        var closing = (await stream.UntilAsync("closing"))[^1];
        Assert.Equal(closing.GetProperty("reconnectAfterMs").GetInt32(), stream.Retry.TotalMilliseconds);
    }

    [Fact]
    public async Task Open_OverTheConnectionLimit_ClosesTheOldest()
    {
        await using var oldest = await OpenAsync();
        var others = new List<EventStreamClient>();
        for (var i = 0; i < new UserConnectionOptions().LinksPerUser; i++)
            others.Add(await OpenAsync());

        Assert.Equal(CloseCodes.TooManyConnections, await oldest.ReadCloseCodeAsync());

        Assert.Equal(others.Count, server.Connections.GetIdle().Length);
        foreach (var stream in others)
            await stream.DisposeAsync();
    }

    [Fact]
    public async Task Disconnect_ByAdmin_EndsTheStream()
    {
        await using var stream = await OpenAsync();
        using var admin = server.NewClient();
        await admin.LogInAsync(StandaloneServer.AdminEmail, StandaloneServer.AdminPassword);
        var user = (await _client.GetAsync("/api/auth/me")).GetProperty("user").GetProperty("id").GetString();

        await admin.SendAsync(HttpStatusCode.OK, HttpMethod.Post, $"/api/admin/users/{user}/disconnect");

        Assert.Equal(CloseCodes.Kicked, await stream.ReadCloseCodeAsync());
        await WhenAllClosedAsync();
    }

    [Fact]
    public async Task Logout_OpenStream_EndsIt()
    {
        await using var stream = await OpenAsync();

        await _client.SendAsync(HttpStatusCode.NoContent, HttpMethod.Post, "/api/auth/logout");

        Assert.Equal(CloseCodes.SessionEnded, await stream.ReadCloseCodeAsync());
    }

    [Fact]
    public async Task Abort_OpenStream_ResetsAndUnregistersIt()
    {
        await using var stream = await OpenAsync();
        await stream.NextAsync();

        Assert.Single(server.Services.GetRequiredService<ConnectionPump>().Connections).Abort(CloseCodes.Slow);

        await Assert.ThrowsAnyAsync<IOException>(stream.ReadCloseCodeAsync);
        await WhenAllClosedAsync();
    }

    [Fact]
    public async Task Disconnect_ByTheClient_UnregistersTheConnection()
    {
        var stream = await OpenAsync();
        Assert.Equal(1, server.Connections.Count().Connections);

        await stream.DisposeAsync();

        await WhenAllClosedAsync();
        Assert.Empty(server.Services.GetRequiredService<ConnectionPump>().Connections);
    }

    [Fact]
    public async Task UpdateUser_AdminRoleRemoved_EndsAdminOnlyStreams()
    {
        using var admin = server.NewClient();
        await admin.LogInAsync(StandaloneServer.AdminEmail, StandaloneServer.AdminPassword);
        using var user = server.NewClient();
        var id = (await user.RegisterAsync("no-admin-any-more@example.org")).GetProperty("id").GetString();
        await admin.SendAsync(HttpStatusCode.OK, HttpMethod.Patch, $"/api/admin/users/{id}", new { role = "admin" });
        await using var stream = await EventStreamClient.OpenAsync(user, null, "queue:ai-response");

        await admin.SendAsync(HttpStatusCode.OK, HttpMethod.Patch, $"/api/admin/users/{id}", new { role = "user" });

        Assert.Equal(CloseCodes.RoleRemoved, await stream.ReadCloseCodeAsync());
        await user.GetAsync(EventStreamClient.PathFor("queue:ai-response"), HttpStatusCode.Forbidden);
    }

    private Task<EventStreamClient> OpenAsync() => EventStreamClient.OpenAsync(_client, null, "announcements");

    private Task WhenAllClosedAsync() => server.Connections.WhenEmptyAsync().WaitAsync(Cancellation);
}
