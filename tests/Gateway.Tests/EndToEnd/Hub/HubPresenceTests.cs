using System.Net;
using JubileeVerse.Gateway.Tests.EndToEnd.Servers;
using JubileeVerse.Realtime;
using JubileeVerse.Rules;

namespace JubileeVerse.Gateway.Tests.EndToEnd.Hub;

/// <summary>Hub connections are registered with their user's grain, which can close them.</summary>
public sealed class HubPresenceTests : OwnServerTests
{
    [Fact]
    public async Task Open_OverTheConnectionLimit_ClosesTheOldest()
    {
        using var oldest = await RawHubClient.OpenAsync(Server.Address, Client);
        var others = new List<RawHubClient>();
        for (var i = 0; i < new UserConnectionOptions().LinksPerUser; i++)
            others.Add(await RawHubClient.OpenAsync(Server.Address, Client));

        Assert.Equal((CloseCodes.TooManyConnections, true), await oldest.ReadCloseAsync());

        Assert.Equal(others.Count, Server.Connections.GetIdle().Length);
        others.ForEach(hub => hub.Dispose());
    }

    [Fact]
    public async Task Logout_OpenConnection_ClosesIt()
    {
        using var hub = await RawHubClient.OpenAsync(Server.Address, Client);

        await Client.SendAsync(HttpStatusCode.NoContent, HttpMethod.Post, "/api/auth/logout");

        Assert.Equal((CloseCodes.SessionEnded, true), await hub.ReadCloseAsync());
    }
}
