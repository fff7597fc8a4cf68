using System.Net;
using System.Text;
using JubileeVerse.Gateway.Realtime;
using JubileeVerse.Realtime;
using Microsoft.Extensions.DependencyInjection;

namespace JubileeVerse.Gateway.Tests.EndToEnd;

/// <summary>How streams of events end with their server, by its clock, or because nobody reads: each test has a server of its own.</summary>
public sealed class EventFarewellTests : OwnServerTests
{
    [Fact]
    public async Task Drain_SaysWhere_AndTurnsAwayWhoComesThen()
    {
        await using var link = await OpenAsync();

        var drain = Server.Services.GetRequiredService<ConnectionDrain>().DrainAsync(Cancellation);

        Assert.Equal(CloseCodes.Drain, await link.EndAsync());
        await drain;
        var id = link.LastId;
        await using var late = await EventPerson.OpenAsync(Client, id, "announcements");
        Assert.Equal("connected", EventPerson.TypeOf(await late.NextAsync()));
        Assert.Equal(id, late.LastId);
        Assert.Equal(CloseCodes.Drain, await late.EndAsync());
        Assert.Equal(id, late.LastId);
    }

    [Fact]
    public async Task Stop_OfTheHostWithoutADrain_SaysGoodByeToo()
    {
        var server = await HubServer.StartAsync();
        using var client = await server.NewClient().AsGuestAsync();
        await using var link = await EventPerson.OpenAsync(client, null, "announcements");

        // Stopping holds its thread until the links have gone.
        var stop = Task.Run(async () => await server.DisposeAsync(), Cancellation);

        Assert.Equal(CloseCodes.Drain, await link.EndAsync());
        await stop;
    }

    [Fact]
    public async Task Token_WhoseTimeIsUp_EndsTheStream()
    {
        await Client.RegisterAsync("expiry@example.org");
        var token = (await Client.SendAsync(
            HttpStatusCode.OK, HttpMethod.Post, "/api/auth/token", new { email = "expiry@example.org", password = GatewayClient.Password }))
            .GetProperty("accessToken").GetString();
        using var bearer = Server.NewClient();
        bearer.Token = token;
        await using var link = await EventPerson.OpenAsync(bearer, null, "announcements");

        Server.Time.ShiftDay(TimeSpan.FromMinutes(61));

        Assert.Equal(CloseCodes.TokenExpired, await link.EndAsync());
    }

    [Fact]
    public async Task Silence_IsBrokenByAComment()
    {
        using var response = await Client.RawAsync(HttpMethod.Get, EventPerson.PathOf("announcements"));
        await using var body = await response.Content.ReadAsStreamAsync(Cancellation);
        // The last that is said of somebody who does nothing.
        var said = await ReadUntilAsync(body, "event: presence");
        Assert.DoesNotContain(": hb", said);

        Server.Time.ShiftPassed(TimeSpan.FromSeconds(15));

        Assert.EndsWith("\n\n: hb\n\n", said + await ReadUntilAsync(body, ": hb\n\n"));
    }

    [Fact]
    public async Task Client_ThatDoesNotRead_IsCut_AndItsRequestEnds()
    {
        await using var link = await OpenAsync();
        await using var other = await OpenAsync();
        var id = (await link.NextAsync()).GetProperty("connectionId").GetString();
        var stuck = Server.Services.GetRequiredService<LinkPump>().Links.Single(known => known.Connection.Link!.Id == id);
        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        stuck.Connection.WhenGone(gone.SetResult);
        var announcements = Server.Grains.GetGrain<IChannelGrain>(ChannelName.Announcements.Value);
        var message = new string('x', 60_000);
        var begun = TimeProvider.System.GetTimestamp();
        // However much the buffers between take: the one that is read goes on, the other is cut once it is a megabyte behind.
        while (!gone.Task.IsCompleted)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(begun) < TimeSpan.FromMinutes(2), $"Stalled for {stuck.StalledFor}, closing: {stuck.Connection.ClosingCode}");
            await announcements.NotifyAsync(new Notice(message, "info"), Cancellation);
            await other.UntilAsync("admin-notice");
        }

        await Assert.ThrowsAnyAsync<IOException>(link.EndAsync);
        Assert.Equal(CloseCodes.Slow, stuck.Connection.ClosingCode);
        Assert.Single(Server.Connections.Idle());
        await other.DisposeAsync();
        await GoneAsync();
    }

    [Fact]
    public async Task Drain_WhileAReplyRuns_PartsFromTheOthersFirst_AndFromThisOneAfterItsEnd()
    {
        var id = (await Client.StartConversationAsync("jubilee")).GetProperty("id").GetString()!;
        await using var running = await EventPerson.OpenAsync(Client, null, $"conversation:{id}");
        await using var idle = await OpenAsync();
        using var hub = await RawHub.OpenAsync(Server.Address, Client);
        await Client.PostAsync(id, "Tell me of the stars.");
        await running.UntilAsync("ai-response-delta");

        var drain = Server.Services.GetRequiredService<ConnectionDrain>().DrainAsync(Cancellation);

        Assert.Equal(CloseCodes.Drain, await idle.EndAsync());
        Assert.Equal((CloseCodes.Drain, true), await hub.EndAsync());
        await running.UntilAsync("ai-response-complete");
        Assert.Equal(CloseCodes.Drain, await running.EndAsync());
        await drain;
    }

    private static async Task<string> ReadUntilAsync(Stream body, string mark)
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        while (!text.ToString().Contains(mark, StringComparison.Ordinal))
        {
            var count = await body.ReadAsync(buffer, Cancellation);
            Assert.NotEqual(0, count);
            text.Append(Encoding.UTF8.GetString(buffer, 0, count));
        }

        return text.ToString();
    }

    private Task<EventPerson> OpenAsync() => EventPerson.OpenAsync(Client, null, "announcements");

    private Task GoneAsync() => Server.Connections.WhenEmptyAsync().WaitAsync(Cancellation);
}
