using System.Net;
using JubileeVerse.Gateway.Realtime;
using JubileeVerse.Realtime;

namespace JubileeVerse.Gateway.Tests.EndToEnd;

/// <summary>Links of the hub are known to their person's grain, which ends them where it says.</summary>
public sealed class HubPresenceTests : IAsyncLifetime
{
    private HubServer _server = null!;
    private GatewayClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await HubServer.StartAsync();
        _client = await _server.NewClient().AsGuestAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Open_OneLinkMoreThanAPersonMayHave_ClosesTheOldest()
    {
        using var oldest = await RawHub.OpenAsync(_server.Address, _client);
        var others = new List<RawHub>();
        for (var i = 0; i < new UserLinkOptions().LinksPerUser; i++)
            others.Add(await RawHub.OpenAsync(_server.Address, _client));

        Assert.Equal((CloseCodes.TooManyLinks, true), await oldest.EndAsync());

        Assert.Equal(others.Count, _server.Connections.Idle().Length);
        others.ForEach(link => link.Dispose());
    }

    [Fact]
    public async Task Logout_EndsTheLinkOfTheSession()
    {
        using var link = await RawHub.OpenAsync(_server.Address, _client);

        await _client.SendAsync(HttpStatusCode.NoContent, HttpMethod.Post, "/api/auth/logout");

        Assert.Equal((CloseCodes.SessionEnded, true), await link.EndAsync());
    }
}
