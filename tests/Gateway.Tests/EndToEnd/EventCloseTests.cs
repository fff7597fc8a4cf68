using System.Net;
using JubileeVerse.Gateway.Realtime;
using JubileeVerse.Realtime;
using Microsoft.Extensions.DependencyInjection;

namespace JubileeVerse.Gateway.Tests.EndToEnd;

/// <summary>How streams of events end. Each end by the server is a closing event, and then an answer that is whole.</summary>
public sealed class EventCloseTests(HubServer server) : IClassFixture<HubServer>, IAsyncLifetime
{
    private GatewayClient _client = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        // The streams of the test before.
        await GoneAsync();
        _client = await server.NewClient().AsGuestAsync();
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Link_IsKnownAsWhatItIs()
    {
        await using var link = await OpenAsync();

        var connection = Assert.Single(server.Connections.Idle());
        Assert.Equal(LinkTransport.EventStream, connection.Link!.Transport);
        Assert.NotNull(connection.Link.Session);
        Assert.Equal((await link.NextAsync()).GetProperty("connectionId").GetString(), connection.Link.Id);
    }

    [Fact]
    public async Task Closing_TellsAnEventSourceWhenToComeBack()
    {
        await using var link = await OpenAsync();

        Assert.Single(server.Connections.Idle()).Close(CloseCodes.Drain);

        var closing = (await link.UntilAsync("closing"))[^1];
        Assert.Equal(closing.GetProperty("reconnectAfterMs").GetInt32(), link.Retry.TotalMilliseconds);
    }

    [Fact]
    public async Task Open_OneLinkMoreThanAPersonMayHave_ClosesTheOldest()
    {
        await using var oldest = await OpenAsync();
        var others = new List<EventPerson>();
        for (var i = 0; i < new UserLinkOptions().LinksPerUser; i++)
            others.Add(await OpenAsync());

        Assert.Equal(CloseCodes.TooManyLinks, await oldest.EndAsync());

        Assert.Equal(others.Count, server.Connections.Idle().Length);
        foreach (var link in others)
            await link.DisposeAsync();
    }

    [Fact]
    public async Task Kick_EndsTheStream()
    {
        await using var link = await OpenAsync();
        using var admin = server.NewClient();
        await admin.LogInAsync(StandaloneServer.AdminEmail, StandaloneServer.AdminPassword);
        var user = (await _client.GetAsync("/api/auth/me")).GetProperty("user").GetProperty("id").GetString();

        await admin.SendAsync(HttpStatusCode.OK, HttpMethod.Post, $"/api/admin/users/{user}/disconnect");

        Assert.Equal(CloseCodes.Kicked, await link.EndAsync());
        await GoneAsync();
    }

    [Fact]
    public async Task Logout_EndsTheStreamOfTheSession()
    {
        await using var link = await OpenAsync();

        await _client.SendAsync(HttpStatusCode.NoContent, HttpMethod.Post, "/api/auth/logout");

        Assert.Equal(CloseCodes.SessionEnded, await link.EndAsync());
    }

    [Fact]
    public async Task GiveUp_IsAReset_AndNothingIsLeft()
    {
        await using var link = await OpenAsync();
        await link.NextAsync();

        Assert.Single(server.Services.GetRequiredService<LinkPump>().Links).GiveUp(CloseCodes.Slow);

        await Assert.ThrowsAnyAsync<IOException>(link.EndAsync);
        await GoneAsync();
    }

    [Fact]
    public async Task Client_ThatLeaves_LeavesNothingBehind()
    {
        var link = await OpenAsync();
        Assert.Equal(1, server.Connections.Count().Connections);

        await link.DisposeAsync();

        await GoneAsync();
        Assert.Empty(server.Services.GetRequiredService<LinkPump>().Links);
    }

    [Fact]
    public async Task Role_ThatIsTaken_EndsWhatOnlyAdminsMayHear()
    {
        using var admin = server.NewClient();
        await admin.LogInAsync(StandaloneServer.AdminEmail, StandaloneServer.AdminPassword);
        using var person = server.NewClient();
        var id = (await person.RegisterAsync("no-admin-any-more@example.org")).GetProperty("id").GetString();
        await admin.SendAsync(HttpStatusCode.OK, HttpMethod.Patch, $"/api/admin/users/{id}", new { role = "admin" });
        await using var link = await EventPerson.OpenAsync(person, null, "queue:ai-response");

        await admin.SendAsync(HttpStatusCode.OK, HttpMethod.Patch, $"/api/admin/users/{id}", new { role = "user" });

        Assert.Equal(CloseCodes.RightsLost, await link.EndAsync());
        await person.GetAsync(EventPerson.PathOf("queue:ai-response"), HttpStatusCode.Forbidden);
    }

    private Task<EventPerson> OpenAsync() => EventPerson.OpenAsync(_client, null, "announcements");

    private Task GoneAsync() => server.Connections.WhenEmptyAsync().WaitAsync(Cancellation);
}
