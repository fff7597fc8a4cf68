using System.Net;
using JubileeVerse.Gateway.Realtime;
using Microsoft.Extensions.DependencyInjection;

namespace JubileeVerse.Gateway.Tests.EndToEnd;

/// <summary>How links end with their server, or by its clock: each test has one of its own.</summary>
public sealed class HubFarewellTests : OwnServerTests
{
    [Fact]
    public async Task Drain_SaysWhere_AndTurnsAwayWhoComesThen()
    {
        using var link = await OpenAsync();

        var drain = Server.Services.GetRequiredService<ConnectionDrain>().DrainAsync(Cancellation);

        Assert.Equal((4000, true), await link.EndAsync());
        await drain;
        using var late = await OpenAsync();
        Assert.Equal((4000, true), await late.EndAsync());
    }

    [Fact]
    public async Task Stop_OfTheHostWithoutADrain_SaysGoodByeToo()
    {
        var server = await HubServer.StartAsync();
        using var client = await server.NewClient().AsGuestAsync();
        using var link = await RawHub.OpenAsync(server.Address, client);

        // Stopping holds its thread until the links have gone.
        var stop = Task.Run(async () => await server.DisposeAsync(), Cancellation);

        Assert.Equal((4000, true), await link.EndAsync());
        await stop;
    }

    [Fact]
    public async Task Token_WhoseTimeIsUp_ClosesTheLink()
    {
        await Client.RegisterAsync("expiry@example.org");
        var token = (await Client.SendAsync(
            HttpStatusCode.OK, HttpMethod.Post, "/api/auth/token", new { email = "expiry@example.org", password = GatewayClient.Password }))
            .GetProperty("accessToken").GetString();
        using var link = await RawHub.OpenAsync(Server.Address, null, "", ("Authorization", $"Bearer {token}"));

        Server.Time.ShiftDay(TimeSpan.FromMinutes(61));

        Assert.Equal((CloseCodes.TokenExpired, true), await link.EndAsync());
    }

    [Fact]
    public async Task Client_ThatSaysNothingForAMinute_IsLetGo()
    {
        using var link = await OpenAsync();

        Server.Time.ShiftPassed(TimeSpan.FromSeconds(61));

        Assert.Equal((CloseCodes.Silent, true), await link.EndAsync());
    }

    private async Task<RawHub> OpenAsync() => await RawHub.OpenAsync(Server.Address, Client);
}
