using System.Net;
using JubileeVerse.Gateway.Realtime;
using Microsoft.Extensions.DependencyInjection;

namespace JubileeVerse.Gateway.Tests.EndToEnd;

/// <summary>How links end with their server, or by its clock: each test has one of its own.</summary>
public sealed class HubFarewellTests : IAsyncLifetime
{
    private HubServer _server = null!;
    private GatewayClient _client = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

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
    public async Task Drain_SaysWhere_AndTurnsAwayWhoComesThen()
    {
        using var link = await OpenAsync();

        var drain = _server.Services.GetRequiredService<ConnectionDrain>().DrainAsync(Cancellation);

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
        await _client.RegisterAsync("expiry@example.org");
        var token = (await _client.SendAsync(
            HttpStatusCode.OK, HttpMethod.Post, "/api/auth/token", new { email = "expiry@example.org", password = GatewayClient.Password }))
            .GetProperty("accessToken").GetString();
        using var link = await RawHub.OpenAsync(_server.Address, null, "", ("Authorization", $"Bearer {token}"));

        _server.Time.ShiftDay(TimeSpan.FromMinutes(61));

        Assert.Equal((CloseCodes.TokenExpired, true), await link.EndAsync());
    }

    [Fact]
    public async Task Client_ThatSaysNothingForAMinute_IsLetGo()
    {
        using var link = await OpenAsync();

        _server.Time.ShiftPassed(TimeSpan.FromSeconds(61));

        Assert.Equal((CloseCodes.Silent, true), await link.EndAsync());
    }

    private async Task<RawHub> OpenAsync() => await RawHub.OpenAsync(_server.Address, _client);
}
