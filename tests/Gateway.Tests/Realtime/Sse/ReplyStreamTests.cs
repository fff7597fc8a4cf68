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
using JubileeVerse.Replies;
using JubileeVerse.Rules;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace JubileeVerse.Gateway.Tests.Realtime.Sse;

/// <summary>The stream of one reply whose response body is kept in memory, and whose writes are triggered by the test.</summary>
public sealed class ReplyStreamTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly FakeConversationGrain _conversation = new();
    private readonly ServiceProvider _services;
    private readonly MemoryStream _body = new();
    private readonly RequestLifetime _lifetime = new();
    private readonly DefaultHttpContext _context = new();
    private Func<Task<Reply?>> _findStored = () => throw new InvalidOperationException("The reply must not be read from the store.");

    public ReplyStreamTests()
    {
        var (factory, grains) = FakeGrains.Create();
        grains.Add<IConversationGrain>(_conversation);
        grains.Add<IUserConnectionGrain>(new FakeUserConnectionGrain());
        grains.Add(FakeConversationQueries.Create(() => _findStored(), Frames.ReplyMessage("Hello")));
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build()).AddLogging().AddMetrics().AddOptions();
        services.AddSingleton(new Random(Seed: 1)).AddSingleton<ISessionStore>(new FakeSessionStore());
        services.AddSingleton(factory).AddSingleton<TimeProvider>(_time);
        Gateway.Realtime.RealtimeServices.AddRealtime(services);
        services.Configure<DeliveryOptions>(options => options.LostAfter = TimeSpan.FromSeconds(5));
        _services = services.BuildServiceProvider();
        _context.User = CallerClaims.Principal(UserId.New(_time), "key");
        _context.Response.Body = _body;
        _context.Features.Set<IHttpRequestLifetimeFeature>(_lifetime);
        _context.RequestServices = _services;
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ClientConnection Connection => Assert.Single(_services.GetRequiredService<ConnectionPump>().Connections);

    private LiveConnections Connections => _services.GetRequiredService<LiveConnections>();

    private ChannelFeed Feed => _services.GetRequiredService<ChannelDirectory>().Find(Frames.Channel)!;

    private string Body => Encoding.UTF8.GetString(_body.ToArray());

    public void Dispose()
    {
        _lifetime.Dispose();
        _services.Dispose();
    }

    [Fact]
    public async Task RunAsync_OwnerDoesNotRespond_SendsTheKnownTextAndClosesAsUnreachable()
    {
        var running = await RunAsync();
        _time.Advance(TimeSpan.FromSeconds(5));
        var checking = Feed.AttachAgainAsync();
        (await _conversation.NextAttachAsync()).Fail(new TimeoutException("no silo"));
        await Assert.ThrowsAsync<TimeoutException>(() => checking);
        _services.GetRequiredService<ChannelFeeds>().Sweep();
        await WriteUntilEndAsync(running);

        Assert.Contains("\"text\":\"Hel\"", Body, StringComparison.Ordinal);
        AssertClosed(CloseCodes.Unreachable);
    }

    [Fact]
    public async Task RunAsync_ReplyEnds_CompletesAfterItsEnd()
    {
        var running = await RunAsync();
        await WriteUntilAsync("snapshot");

        Feed.Apply(Frames.Completed(7, "Hello", 4));
        await WriteUntilEndAsync(running);

        Assert.Equal(["snapshot", "ai-response-delta", "ai-response-complete"], Fields("event"));
        Assert.Equal(
            [new ReplyCursor(7, 3, HasEnded: false), new ReplyCursor(7, 5, HasEnded: false), new ReplyCursor(7, 5, HasEnded: true)],
            Fields("id").Select(id => ReplyCursor.Parse(id)!.Value));
        Assert.False(_lifetime.WasAborted);
    }

    [Fact]
    public async Task RunAsync_TwoReplies_SendsTheSecondAfterTheEndOfTheFirst()
    {
        var running = await RunAsync(Stored(ReplyStatus.Completed), Stored(ReplyStatus.Generating));
        await WriteUntilAsync("generating");

        Feed.Apply(Frames.Completed(7, "Hello", 4));
        await WriteUntilEndAsync(running);

        Assert.Equal(
            ["snapshot", "ai-response-complete", "snapshot", "ai-response-delta", "ai-response-complete"], Fields("event"));
    }

    [Theory]
    [InlineData(ReplyStatus.Completed, "ai-response-complete")]
    [InlineData(ReplyStatus.Failed, "ai-response-error")]
    [InlineData(ReplyStatus.Cancelled, "ai-response-cancelled")]
    public async Task RunAsync_OwnerDoesNotKnowTheReply_ReadsItsEndFromTheStore(ReplyStatus status, string end)
    {
        _findStored = () => Task.FromResult<Reply?>(Stored(status));
        var running = RunUnknownAsync();
        await WriteUntilEndAsync(await running);

        Assert.Equal(["snapshot", end], Fields("event"));
    }

    [Fact]
    public async Task RunAsync_ReplyIsNoLongerStored_ClosesAsRemoved()
    {
        _findStored = () => Task.FromResult<Reply?>(null);
        await WriteUntilEndAsync(await RunUnknownAsync());

        AssertClosed(CloseCodes.Removed);
        Assert.False(_lifetime.WasAborted);
    }

    [Fact]
    public async Task RunAsync_StoreIsUnavailable_ClosesAsUnreachable()
    {
        _findStored = () => throw new TimeoutException("no silo");
        await WriteUntilEndAsync(await RunUnknownAsync());

        AssertClosed(CloseCodes.Unreachable);
    }

    /// <summary>A complete response without the reply's end would tell the client that there is nothing more.</summary>
    [Fact]
    public async Task RunAsync_SearchFailsUnexpectedly_ResetsTheRequest()
    {
        _findStored = () => throw new InvalidOperationException("a fault");
        await WriteUntilEndAsync(await RunUnknownAsync());

        Assert.True(_lifetime.WasAborted);
        Assert.Empty(Fields("event"));
    }

    [Fact]
    public async Task Tick_NothingSentFor15Seconds_WritesAComment()
    {
        var running = await RunAsync();
        await WriteUntilAsync("snapshot");
        var before = Body;
        _time.Advance(TimeSpan.FromSeconds(14));
        Connection.Tick();
        WritePending();
        Assert.Equal(before, Body);

        _time.Advance(TimeSpan.FromSeconds(1));
        Connection.Tick();
        WritePending();

        Assert.Equal(before + ": hb\n\n", Body);
        _lifetime.Abort();
        await running;
    }

    [Fact]
    public async Task Close_OpenStream_WritesClosingLastAndEndsTheRequest()
    {
        var running = await RunAsync();
        await WriteUntilAsync("snapshot");

        Connection.Live.Close(CloseCodes.Kicked);
        await WriteUntilEndAsync(running);

        AssertClosed(CloseCodes.Kicked);
        Assert.EndsWith(
            "\n\nevent: closing\ndata: {\"type\":\"closing\",\"code\":4301,\"reconnectAfterMs\":0,\"reason\":\"kicked\"}\n\n", Body);
        Assert.False(_lifetime.WasAborted);
    }

    [Fact]
    public async Task Close_WhileTheReplyIsSearched_DoesNotWaitForTheOwner()
    {
        var running = Execute(Stored(ReplyStatus.Generating));
        WritePending();
        await _conversation.NextAttachAsync();

        Connection.Live.Close(CloseCodes.Drain);
        await WriteUntilEndAsync(running);

        AssertClosed(CloseCodes.Drain);
    }

    [Fact]
    public async Task Abort_SlowReader_ResetsTheRequest()
    {
        var running = await RunAsync();

        Connection.Abort(CloseCodes.Slow);
        await running;

        Assert.True(_lifetime.WasAborted);
        Assert.Empty(Fields("event"));
    }

    [Fact]
    public async Task ExecuteAsync_OpenStream_IsNotCountedAsAConnectionOfTheUser()
    {
        var running = await RunAsync();

        Assert.Equal(1, Connections.CountByTransport()[ConnectionTransport.ReplyStream]);
        Assert.Empty(Connections.UserConnectionsOf(Connection.Live.UserId));
        _lifetime.Abort();
        await running;
    }

    [Fact]
    public async Task Read_ReplyRunsAndEnds_SaysWhetherADrainMustWait()
    {
        var running = await RunAsync();
        Assert.Single(Connections.GetIdle());
        await WriteUntilAsync("snapshot");
        Assert.Empty(Connections.GetIdle());

        Feed.Apply(Frames.Failed(4));
        await WriteUntilEndAsync(running);
        Assert.False(Connection.Live.HasRunningReply);
    }

    private Reply Stored(ReplyStatus status) => new(
        Frames.Id,
        Frames.ConversationId,
        MessageId.New(_time),
        Frames.Persona,
        status,
        1,
        null,
        null,
        "",
        null,
        null,
        _time.GetUtcNow(),
        _time.GetUtcNow(),
        null);

    /// <summary>Opens the stream; the owner knows the reply with the text "Hel".</summary>
    private async Task<Task> RunAsync(params Reply[] replies)
    {
        var running = Execute(replies is [] ? [Stored(ReplyStatus.Generating)] : replies);
        if (replies.Length > 1)
            await WriteUntilAsync("ai-response-complete");
        WritePending();
        (await _conversation.NextAttachAsync()).Complete(3, replies: Frames.Snapshot(7, "Hel"));
        await Feed.EnsureAttachedAsync();
        Assert.False(running.IsCompleted);
        return running;
    }

    /// <summary>Opens the stream of a reply that the owner does not know as open, also when asked again.</summary>
    private async Task<Task> RunUnknownAsync()
    {
        var running = Execute(Stored(ReplyStatus.Generating));
        WritePending();
        (await _conversation.NextAttachAsync()).Complete(3);
        (await _conversation.NextAttachAsync()).Complete(3);
        return running;
    }

    private Task Execute(params Reply[] replies) => new ReplyStreamResult([.. replies], null).ExecuteAsync(_context);

    private void WritePending() => Assert.True(Connection.WritePending(new FrameBurst()));

    private async Task WriteUntilAsync(string text)
    {
        for (; !Body.Contains(text, StringComparison.Ordinal); await Task.Yield())
        {
            Token.ThrowIfCancellationRequested();
            WritePending();
        }
    }

    private async Task WriteUntilEndAsync(Task running)
    {
        for (; !running.IsCompleted; await Task.Yield())
        {
            Token.ThrowIfCancellationRequested();
            WritePending();
        }

        await running;
    }

    private string[] Fields(string name) => [.. Body.Split('\n')
        .Where(line => line.StartsWith(name + ": ", StringComparison.Ordinal))
        .Select(line => line[(name.Length + 2)..])];

    private void AssertClosed(int code)
    {
        Assert.Equal("closing", Fields("event")[^1]);
        Assert.Contains($"\"code\":{code}", Fields("data")[^1], StringComparison.Ordinal);
    }

    /// <summary>The lifetime of a request, which knows whether it was aborted.</summary>
    private sealed class RequestLifetime : IHttpRequestLifetimeFeature, IDisposable
    {
        private readonly CancellationTokenSource _aborted = new();

        public bool WasAborted => _aborted.IsCancellationRequested;

        public CancellationToken RequestAborted
        {
            get => _aborted.Token;
            set => throw new NotSupportedException();
        }

        public void Abort() => _aborted.Cancel();

        public void Dispose() => _aborted.Dispose();
    }
}
