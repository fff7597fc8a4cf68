using System.Net;
using System.Text;
using JubileeVerse.Gateway.Realtime.Connections;
using JubileeVerse.Gateway.Realtime.Drain;
using JubileeVerse.Gateway.Tests.EndToEnd.Hub;
using JubileeVerse.Gateway.Tests.EndToEnd.Servers;
using JubileeVerse.Realtime;
using JubileeVerse.Realtime.Frames;
using JubileeVerse.Rules;
using Microsoft.Extensions.DependencyInjection;

namespace JubileeVerse.Gateway.Tests.EndToEnd.Streams;

/// <summary>
/// How event streams end because the server stops, a time limit passes, or the client does not read. Each test has its own server.
/// </summary>
public sealed class EventStreamLifetimeTests : OwnServerTests
{
    [Fact]
    public async Task Drain_OpenStream_ClosesItWithACursorAndRejectsLaterOnes()
    {
        await using var stream = await OpenAsync();

        var drain = Server.Services.GetRequiredService<ConnectionDrain>().DrainAsync(Cancellation);

        Assert.Equal(CloseCodes.Drain, await stream.ReadCloseCodeAsync());
        await drain;
        var id = stream.LastId;
        await using var late = await EventStreamClient.OpenAsync(Client, id, "announcements");
        Assert.Equal("connected", EventStreamClient.TypeOf(await late.NextAsync()));
        Assert.Equal(id, late.LastId);
        Assert.Equal(CloseCodes.Drain, await late.ReadCloseCodeAsync());
        Assert.Equal(id, late.LastId);
    }

    [Fact]
    public async Task Stop_WithoutADrain_ClosesTheStream()
    {
        var server = await HubServer.StartAsync();
        using var client = await server.NewClient().AsGuestAsync();
        await using var stream = await EventStreamClient.OpenAsync(client, null, "announcements");

        // Stopping blocks its thread until the connections are closed.
        var stop = Task.Run(async () => await server.DisposeAsync(), Cancellation);

        Assert.Equal(CloseCodes.Drain, await stream.ReadCloseCodeAsync());
        await stop;
    }

    [Fact]
    public async Task TokenExpiry_OpenStream_EndsIt()
    {
        await Client.RegisterAsync("expiry@example.org");
        var token = (await Client.SendAsync(
            HttpStatusCode.OK, HttpMethod.Post, "/api/auth/token", new { email = "expiry@example.org", password = GatewayClient.Password }))
            .GetProperty("accessToken").GetString();
        using var bearer = Server.NewClient();
        bearer.Token = token;
        await using var stream = await EventStreamClient.OpenAsync(bearer, null, "announcements");

        Server.Time.ShiftUtcNow(TimeSpan.FromMinutes(61));

        Assert.Equal(CloseCodes.TokenExpired, await stream.ReadCloseCodeAsync());
    }

    [Fact]
    public async Task Heartbeat_NoEventsForFifteenSeconds_SendsAComment()
    {
        using var response = await Client.RawAsync(HttpMethod.Get, EventStreamClient.PathFor("announcements"));
        await using var body = await response.Content.ReadAsStreamAsync(Cancellation);
        // The presence frame is the last event that an idle user receives.
        var received = await ReadUntilAsync(body, "event: presence");
        Assert.DoesNotContain(": hb", received);

        Server.Time.ShiftTimestamp(TimeSpan.FromSeconds(15));

        Assert.EndsWith("\n\n: hb\n\n", received + await ReadUntilAsync(body, ": hb\n\n"));
    }

    [Fact]
    public async Task SlowClient_StopsReading_IsAbortedAndItsRequestEnds()
    {
        await using var stream = await OpenAsync();
        await using var other = await OpenAsync();
        var id = (await stream.NextAsync()).GetProperty("connectionId").GetString();
        var stuck = Server.Services.GetRequiredService<ConnectionPump>().Connections.Single(known => known.Live.UserConnection!.Id == id);
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        stuck.Live.OnDisposed(closed.SetResult);
        var announcements = Server.Grains.GetGrain<IChannelGrain>(ChannelName.Announcements.Value);
        var message = new string('x', 60_000);
        var startedAt = TimeProvider.System.GetTimestamp();
        // The buffers in between take an unknown amount. The stream that is read continues; the other is aborted once it is a megabyte
        // behind.
        while (!closed.Task.IsCompleted)
        {
            Assert.True(
                TimeProvider.System.GetElapsedTime(startedAt) < TimeSpan.FromMinutes(2),
                $"Stalled for {stuck.StalledFor}, closing: {stuck.Live.ClosingCode}");
            await announcements.NotifyAsync(new Notice(message, "info"), Cancellation);
            await other.UntilAsync("admin-notice");
        }

        await Assert.ThrowsAnyAsync<IOException>(stream.ReadCloseCodeAsync);
        Assert.Equal(CloseCodes.Slow, stuck.Live.ClosingCode);
        Assert.Single(Server.Connections.GetIdle());
        await other.DisposeAsync();
        await WhenAllClosedAsync();
    }

    [Fact]
    public async Task Drain_ReplyIsRunning_ClosesOthersFirstAndItsStreamAfterTheReplyEnds()
    {
        var id = (await Client.StartConversationAsync("jubilee")).GetProperty("id").GetString()!;
        await using var running = await EventStreamClient.OpenAsync(Client, null, $"conversation:{id}");
        await using var idle = await OpenAsync();
        using var hub = await RawHubClient.OpenAsync(Server.Address, Client);
        await Client.PostAsync(id, "Tell me of the stars.");
        await running.UntilAsync("ai-response-delta");

        var drain = Server.Services.GetRequiredService<ConnectionDrain>().DrainAsync(Cancellation);

        Assert.Equal(CloseCodes.Drain, await idle.ReadCloseCodeAsync());
        Assert.Equal((CloseCodes.Drain, true), await hub.ReadCloseAsync());
        await running.UntilAsync("ai-response-complete");
        Assert.Equal(CloseCodes.Drain, await running.ReadCloseCodeAsync());
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

    private Task<EventStreamClient> OpenAsync() => EventStreamClient.OpenAsync(Client, null, "announcements");

    private Task WhenAllClosedAsync() => Server.Connections.WhenEmptyAsync().WaitAsync(Cancellation);
}
