using System.Net;
using JubileeVerse.Gateway.Realtime.Drain;
using JubileeVerse.Gateway.Tests.EndToEnd.Servers;
using JubileeVerse.Rules;
using Microsoft.Extensions.DependencyInjection;

namespace JubileeVerse.Gateway.Tests.EndToEnd.Hub;

/// <summary>How hub connections end because the server stops or a time limit passes. Each test has its own server.</summary>
public sealed class HubLifetimeTests : OwnServerTests
{
    [Fact]
    public async Task Drain_OpenConnection_ClosesItAndRejectsLaterOnes()
    {
        using var hub = await OpenAsync();

        var drain = Server.Services.GetRequiredService<ConnectionDrain>().DrainAsync(Cancellation);

        Assert.Equal((4000, true), await hub.ReadCloseAsync());
        await drain;
        using var late = await OpenAsync();
        Assert.Equal((4000, true), await late.ReadCloseAsync());
    }

    [Fact]
    public async Task Stop_WithoutADrain_ClosesTheConnection()
    {
        var server = await HubServer.StartAsync();
        using var client = await server.NewClient().AsGuestAsync();
        using var hub = await RawHubClient.OpenAsync(server.Address, client);

        // Stopping blocks its thread until the connections are closed.
        var stop = Task.Run(async () => await server.DisposeAsync(), Cancellation);

        Assert.Equal((4000, true), await hub.ReadCloseAsync());
        await stop;
    }

    [Fact]
    public async Task TokenExpiry_OpenConnection_ClosesIt()
    {
        await Client.RegisterAsync("expiry@example.org");
        var token = (await Client.SendAsync(
            HttpStatusCode.OK, HttpMethod.Post, "/api/auth/token", new { email = "expiry@example.org", password = GatewayClient.Password }))
            .GetProperty("accessToken").GetString();
        using var hub = await RawHubClient.OpenAsync(Server.Address, null, "", ("Authorization", $"Bearer {token}"));

        Server.Time.ShiftUtcNow(TimeSpan.FromMinutes(61));

        Assert.Equal((CloseCodes.TokenExpired, true), await hub.ReadCloseAsync());
    }

    [Fact]
    public async Task Keepalive_NothingReceivedForAMinute_ClosesTheConnection()
    {
        using var hub = await OpenAsync();

        Server.Time.ShiftTimestamp(TimeSpan.FromSeconds(61));

        Assert.Equal((CloseCodes.Silent, true), await hub.ReadCloseAsync());
    }

    private async Task<RawHubClient> OpenAsync() => await RawHubClient.OpenAsync(Server.Address, Client);
}
