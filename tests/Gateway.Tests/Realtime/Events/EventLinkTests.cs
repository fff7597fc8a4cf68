using System.Text;
using JubileeVerse.Accounts;
using JubileeVerse.Conversations;
using JubileeVerse.Gateway.Accounts;
using JubileeVerse.Gateway.Realtime;
using JubileeVerse.Gateway.Realtime.Events;
using JubileeVerse.Gateway.Tests.Fakes;
using JubileeVerse.Realtime;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace JubileeVerse.Gateway.Tests.Realtime.Events;

/// <summary>A stream of events whose answer is kept, and whose turns are given to it by the test.</summary>
public sealed class EventLinkTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly FakeChannel _conversation = new();
    private readonly FakeUserConnections _person = new();
    private readonly FakeGrains _grains;
    private readonly ServiceProvider _services;
    private readonly MemoryStream _body = new();
    private readonly CancellationTokenSource _left = new();
    private readonly DefaultHttpContext _context = new();

    public EventLinkTests()
    {
        (var factory, _grains) = FakeGrains.Create();
        _grains.Add<IConversationGrain>(_conversation);
        _grains.Add<IUserConnectionGrain>(_person);
        _grains.Add<IChannelGrain>(new FakeNamedChannel());
        _grains.Add(FakeConversations.Create());
        var services = new ServiceCollection().AddSingleton<IConfiguration>(new ConfigurationBuilder().Build()).AddLogging().AddMetrics().AddOptions();
        services.AddSingleton(factory).AddSingleton<TimeProvider>(_time).AddSingleton<ISessionStore>(new FakeSessionStore());
        Gateway.Realtime.RealtimeServices.AddRealtime(services);
        services.AddEvents();
        _services = services.BuildServiceProvider();
        _context.User = CallerClaims.Principal(UserId.New(_time), "key");
        _context.Response.Body = _body;
        _context.RequestAborted = _left.Token;
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Link Link => Assert.Single(_services.GetRequiredService<LinkPump>().Links);

    private string Body => Encoding.UTF8.GetString(_body.ToArray());

    public void Dispose()
    {
        _left.Dispose();
        _services.Dispose();
    }

    [Fact]
    public async Task Run_FirstOfAll_GreetsWithWhereTheClientStands()
    {
        var run = await RunAsync(null);

        Assert.Matches("^retry: [0-9]{4}\n\nid: [A-Za-z0-9_-]+\nevent: connected\ndata: .*\n\n$", Body);
        Assert.Equal(3, EventCursor.Parse(Ids()[0])!.Find(Frames.Channel)!.Position.Offset);
        Assert.Equal("no-cache, no-transform", _context.Response.Headers.CacheControl);
        await _left.CancelAsync();
        await run;
    }

    [Fact]
    public async Task Beat_AfterFifteenSecondsOfSilence_IsAComment()
    {
        var run = await RunAsync(null);
        TakeTurn();
        var before = Body;
        _time.Advance(TimeSpan.FromSeconds(14));
        Link.Beat();
        TakeTurn();
        Assert.Equal(before, Body);

        _time.Advance(TimeSpan.FromSeconds(1));
        Link.Beat();
        TakeTurn();

        Assert.Equal(before + ": hb\n\n", Body);
        await _left.CancelAsync();
        await run;
    }

    [Fact]
    public async Task Run_WhoseClientHasLeft_Ends_AndNothingIsWrittenAfterwards()
    {
        var run = await RunAsync(null);
        TakeTurn();

        await _left.CancelAsync();
        await run;

        var before = Body;
        _time.Advance(TimeSpan.FromSeconds(15));
        Link.Beat();
        TakeTurn();
        Assert.Equal((before, 0), (Body, _context.Response.BodyWriter.UnflushedBytes));
    }

    [Fact]
    public async Task Close_IsTheLastEvent_AndEndsTheRequest()
    {
        var run = await RunAsync(null);

        Link.Connection.Close(CloseCodes.Kicked);
        TakeTurn();

        await run;
        Assert.EndsWith("event: closing\ndata: {\"type\":\"closing\",\"code\":4301,\"reconnectAfterMs\":0}\n\n", Body);
        Assert.False(_left.IsCancellationRequested);
    }

    [Fact]
    public async Task Id_OfEachPiece_CoversThatPiece()
    {
        var run = await RunAsync(null, Frames.Snapshot(7, "Hel"));
        TakeTurn();
        var feed = _services.GetRequiredService<ChannelDirectory>().Find(Frames.Channel)!;
        feed.Apply(Frames.Delta(7, 3, "lo"));
        TakeTurn();
        feed.Apply(Frames.Completed(7, "Hello!", 4));
        TakeTurn();

        var marks = Ids().Select(id => EventCursor.Parse(id)!.Find(Frames.Channel)!).ToArray();
        Assert.Equal([0, 3, 5, 6, 0], marks.Select(mark => mark.Replies.SingleOrDefault()?.TextOffset ?? 0));
        Assert.Equal([3L, 3, 3, 3, 4], marks.Select(mark => mark.Position.Offset));
        await _left.CancelAsync();
        await run;
    }

    [Fact]
    public async Task Open_WhileTheClusterIsAway_IsAStreamThatSaysSo()
    {
        var known = new EventCursor();
        known.Add(new EventMark(EventCursor.KeyOf(Frames.Channel), new ChannelPosition("e", 3), [new ResumeReply(Frames.Id, 7, 2)]));
        var opening = OpenAsync(known.ToString());
        (await _conversation.NextAttachAsync()).Fail(new TimeoutException("no silo"));

        var run = (await opening).ExecuteAsync(_context);
        TakeTurn();

        await run;
        Assert.Matches("event: connected\n.*\n\nid: .*\nretry: [0-9]+\nevent: closing\ndata: .*\"code\":4002.*\n\n$", Body);
        Assert.Equal([known.ToString(), known.ToString()], Ids());
    }

    /// <summary>Opens a stream of the conversation, which stands at 3, and lets it greet.</summary>
    private async Task<Task> RunAsync(string? known, params ReplySnapshot[] replies)
    {
        var opening = OpenAsync(known);
        (await _conversation.NextAttachAsync()).Answer(3, replies: replies);
        (await _person.NextAttachAsync()).Answer();
        var result = await opening;
        var run = result.ExecuteAsync(_context);
        Assert.False(run.IsCompleted);
        return run;
    }

    private Task<IResult> OpenAsync(string? known) =>
        _services.GetRequiredService<EventLinks>().OpenAsync(_context, [Frames.Channel], EventCursor.Parse(known));

    private void TakeTurn() => Assert.True(Link.TakeTurn(new FrameBurst()));

    private string[] Ids() => [.. Body.Split('\n').Where(line => line.StartsWith("id: ", StringComparison.Ordinal)).Select(line => line[4..])];
}
