using System.Net;
using JubileeVerse.Gateway.Realtime;
using JubileeVerse.Realtime;

namespace JubileeVerse.Gateway.Tests.EndToEnd;

/// <summary>Links of the hub are known to their person's grain, which ends them where it says.</summary>
public sealed class HubPresenceTests : OwnServerTests
{
    [Fact]
    public async Task Open_OneLinkMoreThanAPersonMayHave_ClosesTheOldest()
    {
        using var oldest = await RawHub.OpenAsync(Server.Address, Client);
        var others = new List<RawHub>();
        for (var i = 0; i < new UserLinkOptions().LinksPerUser; i++)
            others.Add(await RawHub.OpenAsync(Server.Address, Client));

        Assert.Equal((CloseCodes.TooManyLinks, true), await oldest.EndAsync());

        Assert.Equal(others.Count, Server.Connections.Idle().Length);
        others.ForEach(link => link.Dispose());
    }

    [Fact]
    public async Task Logout_EndsTheLinkOfTheSession()
    {
        using var link = await RawHub.OpenAsync(Server.Address, Client);

        await Client.SendAsync(HttpStatusCode.NoContent, HttpMethod.Post, "/api/auth/logout");

        Assert.Equal((CloseCodes.SessionEnded, true), await link.EndAsync());
    }
}
