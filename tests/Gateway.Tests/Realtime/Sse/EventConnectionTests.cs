using System.Text;
using JubileeVerse.Accounts;
using JubileeVerse.Conversations;
using JubileeVerse.Gateway.Realtime.Connections;
using JubileeVerse.Gateway.Realtime.Feeds;
using JubileeVerse.Gateway.Realtime.Replies;
using JubileeVerse.Gateway.Realtime.Sse;
using JubileeVerse.Gateway.Sessions;
using JubileeVerse.Gateway.Sessions.Stores;
using JubileeVerse.Gateway.Tests.Fakes;
using JubileeVerse.Gateway.Tests.Realtime.Feeds;
using JubileeVerse.Realtime;
using JubileeVerse.Realtime.Frames;
using JubileeVerse.Realtime.Positions;
using JubileeVerse.Rules;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace JubileeVerse.Gateway.Tests.Realtime.Sse;

/// <summary>An event stream whose response body is kept in memory, and whose writes are triggered by the test.</summary>
public sealed class EventConnectionTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly FakeConversationGrain _conversation = new();
    private readonly FakeUserConnectionGrain _userConnections = new();
    private readonly FakeGrains _grains;
    private readonly ServiceProvider _services;
    private readonly MemoryStream _body = new();
    private readonly CancellationTokenSource _disconnected = new();
    private readonly DefaultHttpContext _context = new();

    public EventConnectionTests()
    {
        (var factory, _grains) = FakeGrains.Create();
        _grains.Add<IConversationGrain>(_conversation);
        _grains.Add<IUserConnectionGrain>(_userConnections);
        _grains.Add<IChannelGrain>(new FakeChannelGrain());
        _grains.Add(FakeConversationQueries.Create());
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build()).AddLogging().AddMetrics().AddOptions();
        services.AddSingleton(factory).AddSingleton<TimeProvider>(_time);
        services.AddSingleton(new Random(Seed: 1)).AddSingleton<ISessionStore>(new FakeSessionStore());
        Gateway.Realtime.RealtimeServices.AddRealtime(services);
        services.AddEvents();
        _services = services.BuildServiceProvider();
        _context.User = CallerClaims.Principal(UserId.New(_time), "key");
        _context.Response.Body = _body;
        _context.RequestAborted = _disconnected.Token;
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ClientConnection Connection => Assert.Single(_services.GetRequiredService<ConnectionPump>().Connections);

    private string Body => Encoding.UTF8.GetString(_body.ToArray());

    public void Dispose()
    {
        _disconnected.Dispose();
        _services.Dispose();
    }

    [Fact]
    public async Task ExecuteAsync_NewStream_SendsConnectedWithTheClientsPosition()
    {
        var run = await RunAsync(null);

        Assert.Matches("^retry: [0-9]{4}\n\nid: [A-Za-z0-9_-]+\nevent: connected\ndata: .*\n\n$", Body);
        Assert.Equal(3, EventCursor.Parse(Ids()[0])!.Find(Frames.Channel)!.Position.Offset);
        Assert.Equal("no-cache, no-transform", _context.Response.Headers.CacheControl);
        await _disconnected.CancelAsync();
        await run;
    }

    [Fact]
    public async Task Tick_NoFrameFor15Seconds_WritesAComment()
    {
        var run = await RunAsync(null);
        WritePending();
        var before = Body;
        _time.Advance(TimeSpan.FromSeconds(14));
        Connection.Tick();
        WritePending();
        Assert.Equal(before, Body);

        _time.Advance(TimeSpan.FromSeconds(1));
        Connection.Tick();
        WritePending();

        Assert.Equal(before + ": hb\n\n", Body);
        await _disconnected.CancelAsync();
        await run;
    }

    [Fact]
    public async Task ExecuteAsync_ClientDisconnects_EndsAndWritesNothingMore()
    {
        var run = await RunAsync(null);
        WritePending();

        await _disconnected.CancelAsync();
        await run;

        var before = Body;
        _time.Advance(TimeSpan.FromSeconds(15));
        Connection.Tick();
        WritePending();
        Assert.Equal((before, 0), (Body, _context.Response.BodyWriter.UnflushedBytes));
    }

    [Fact]
    public async Task Close_OpenStream_WritesClosingLastAndEndsTheRequest()
    {
        var run = await RunAsync(null);

        Connection.Live.Close(CloseCodes.Kicked);
        WritePending();

        await run;
        Assert.EndsWith(
            "event: closing\ndata: {\"type\":\"closing\",\"code\":4301,\"reconnectAfterMs\":0,\"reason\":\"kicked\"}\n\n", Body);
        Assert.False(_disconnected.IsCancellationRequested);
    }

    [Fact]
    public async Task Id_EachEvent_CoversThatEvent()
    {
        var run = await RunAsync(null, Frames.Snapshot(7, "Hel"));
        WritePending();
        var feed = _services.GetRequiredService<ChannelDirectory>().Find(Frames.Channel)!;
        feed.Apply(Frames.Delta(7, 3, "lo"));
        WritePending();
        feed.Apply(Frames.Completed(7, "Hello!", 4));
        WritePending();

        var marks = Ids().Select(id => EventCursor.Parse(id)!.Find(Frames.Channel)!).ToArray();
        Assert.Equal([0, 3, 5, 6, 0], marks.Select(mark => mark.Replies.SingleOrDefault()?.TextOffset ?? 0));
        Assert.Equal([3L, 3, 3, 3, 4], marks.Select(mark => mark.Position.Offset));
        await _disconnected.CancelAsync();
        await run;
    }

    [Fact]
    public async Task OpenAsync_ClusterUnavailable_ReturnsAStreamThatCloses()
    {
        var known = new EventCursor();
        known.Add(new EventMark(EventCursor.KeyOf(Frames.Channel), new ChannelPosition("e", 3), [new ResumeReply(Frames.Id, 7, 2)]));
        var opening = OpenAsync(known.ToString());
        (await _conversation.NextAttachAsync()).Fail(new TimeoutException("no silo"));

        var run = (await opening).ExecuteAsync(_context);
        WritePending();

        await run;
        Assert.Matches("event: connected\n.*\n\nid: .*\nretry: [0-9]+\nevent: closing\ndata: .*\"code\":4002.*\n\n$", Body);
        Assert.Equal([known.ToString(), known.ToString()], Ids());
    }

    /// <summary>Opens a stream of the conversation, whose offset is 3, and lets it write the connected event.</summary>
    private async Task<Task> RunAsync(string? known, params ReplySnapshot[] replies)
    {
        var opening = OpenAsync(known);
        (await _conversation.NextAttachAsync()).Complete(3, replies: replies);
        (await _userConnections.NextAttachAsync()).Complete();
        var result = await opening;
        var run = result.ExecuteAsync(_context);
        Assert.False(run.IsCompleted);
        return run;
    }

    private async Task<IResult> OpenAsync(string? known)
    {
        var factory = _services.GetRequiredService<EventConnectionFactory>();
        return (await factory.OpenAsync(_context, [Frames.Channel], EventCursor.Parse(known))).Result;
    }

    private void WritePending() => Assert.True(Connection.WritePending(new FrameBurst()));

    private string[] Ids() =>
        [.. Body.Split('\n').Where(line => line.StartsWith("id: ", StringComparison.Ordinal)).Select(line => line[4..])];
}
