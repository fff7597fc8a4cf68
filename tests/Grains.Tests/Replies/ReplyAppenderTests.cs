using JubileeVerse.Replies;
using JubileeVerse.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace JubileeVerse.Grains.Tests.Replies;

public sealed class ReplyAppenderTests
{
    private readonly WatchedTimeProvider _time = new();
    private readonly FakeReplySession _session = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Add_FirstPiece_IsSentAtOnce()
    {
        await using var appender = Appender();

        appender.Add("Hello");

        Assert.Equal(new SentText(0, "Hello"), await _session.NextSentAsync(Token));
    }

    [Fact]
    public async Task Add_PiecesWithinTheInterval_AreSentTogetherWhenItEnds()
    {
        await using var appender = Appender();
        appender.Add("Hello");
        await _session.NextSentAsync(Token);
        await _time.WhenArmedAsync(ReplyAppender.FlushInterval, Token);

        appender.Add(", ");
        appender.Add("you");
        _time.Advance(ReplyAppender.FlushInterval - TimeSpan.FromMilliseconds(1));
        Assert.True(_session.AllTextWasRead);
        _time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(new SentText(5, ", you"), await _session.NextSentAsync(Token));
        Assert.Equal("Hello, you", appender.Text);
    }

    [Fact]
    public async Task Add_ConversationHoldsLessText_ResendsFromThereAtOnce()
    {
        await using var appender = Appender();
        appender.Add("Hello");
        await _session.NextSentAsync(Token);
        await _time.WhenArmedAsync(ReplyAppender.FlushInterval, Token);
        _session.TruncateTo(2);

        appender.Add(" you");
        _time.Advance(ReplyAppender.FlushInterval);

        Assert.Equal(new SentText(5, " you"), await _session.NextSentAsync(Token));
        Assert.Equal(new SentText(2, "llo you"), await _session.NextSentAsync(Token));
        Assert.Equal("Hello you", _session.HeldText);
    }

    [Fact]
    public async Task Add_CallFails_RetriesWithoutMoreText()
    {
        var failures = 1;
        _session.OnAppend = _ => failures-- > 0 ? throw new TimeoutException() : null;
        await using var appender = Appender();
        appender.Add("Hello");
        await _session.NextSentAsync(Token);
        await _time.WhenArmedAsync(ReplyAppender.FlushInterval * 2, Token);

        _time.Advance(ReplyAppender.FlushInterval * 2);

        Assert.Equal(new SentText(0, "Hello"), await _session.NextSentAsync(Token));
        Assert.Equal("Hello", _session.HeldText);
        Assert.False(appender.Refused.IsCancellationRequested);
    }

    [Fact]
    public async Task Add_ConversationRejectsText_SignalsItAndSendsNoMore()
    {
        _session.OnAppend = _ => new AppendReplyResult(false, 0);
        await using var appender = Appender();
        var refused = new TaskCompletionSource();
        appender.Refused.Register(refused.SetResult);

        appender.Add("Hello");
        await refused.Task.WaitAsync(Token);
        await _session.NextSentAsync(Token);
        appender.Add(" you");

        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.True(_session.AllTextWasRead);
    }

    [Fact]
    public async Task Dispose_WithACallThatNeverReturns_DoesNotWaitForIt()
    {
        var session = new HangingSession();
        var appender = new ReplyAppender(session, _time, NullLogger.Instance);
        appender.Add("Hello");
        await session.Called.Task.WaitAsync(Token);

        await appender.DisposeAsync();

        Assert.Equal("Hello", appender.Text);
    }

    [Fact]
    public async Task Dispose_WhileACallFails_DoesNotFailItself()
    {
        ReplyAppender? appender = null;
        Task? disposing = null;
        _session.OnAppend = _ =>
        {
            disposing = appender!.DisposeAsync().AsTask();
            throw new TimeoutException("Scripted: the conversation moves.");
        };
        appender = Appender();

        appender.Add("Hello");
        await _session.NextSentAsync(Token);

        await disposing!.WaitAsync(Token);
        Assert.Equal("Hello", appender.Text);
    }

    private ReplyAppender Appender() => new(_session, _time, NullLogger.Instance);

    private sealed class HangingSession : IReplySession
    {
        public TaskCompletionSource Called { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<BeginReplyResult> BeginAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public async ValueTask<AppendReplyResult> AppendAsync(int textOffset, string text)
        {
            Called.SetResult();
            await new TaskCompletionSource().Task;
            return default;
        }

        public Task<EndReplyResult> CompleteAsync(string text, string? language, TokenUsage usage, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}
