using System.Buffers;
using System.Globalization;
using System.Text;
using JubileeVerse.Realtime;

namespace JubileeVerse.Gateway.Realtime.Events;

/// <summary>
/// A link over server-sent events. Its request lasts as long as it does, and ends as answers end: with a last event that says why, or, for a client
/// that does not read, with a reset.
/// </summary>
/// <remarks>
/// The pump writes while the request waits. A write after the request has ended could be part of another's answer, so whoever writes holds
/// <see cref="_writing"/>, and the request ends with holding it for good.
/// </remarks>
internal sealed class EventLink : Link
{
    private readonly HttpContext _context;
    private readonly TokenExpiry _expiry;
    private readonly TimeSpan _beatPeriod;
    private readonly EventSubscriptions _subscriptions;
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isEnding;

    public EventLink(
        HttpContext context,
        EventSubscriptions subscriptions,
        TokenExpiry expiry,
        LiveConnection connection,
        LinkPump pump,
        TimeProvider time,
        TimeSpan beatPeriod)
        : base(connection, pump, time)
    {
        (_context, _subscriptions, _expiry, _beatPeriod) = (context, subscriptions, expiry, beatPeriod);
        subscriptions.TellTo(this);
    }

    public override ILinkSubscriptions Subscriptions => _subscriptions;

    /// <summary>The whole life of the link: greets, begins, and completes when it is over and nothing more is written.</summary>
    public async Task RunAsync(Connected greeting)
    {
        using var gone = _context.RequestAborted.UnsafeRegister(static link => ((EventLink)link!).End(), this);
        try
        {
            SseWriter.Begin(_context);
            Print(new LinkFrame(new SharedFrame(greeting), null));
            await _context.Response.BodyWriter.FlushAsync(_context.RequestAborted);
            Begin();
            await _over.Task;
        }
        catch (OperationCanceledException) when (_context.RequestAborted.IsCancellationRequested)
        {
            // Its client has left before it was greeted.
        }
        finally
        {
            if (!TryEnd())
                await _over.Task;
            // A write that is under way ends soon: the request is aborted, or it was the last one.
            await _writing.WaitAsync(CancellationToken.None);
        }
    }

    public override void Beat()
    {
        _expiry.Check();
        if (SilentFor >= _beatPeriod)
            WriteBeat();
    }

    protected override ValueTask WriteAsync(FrameBurst burst)
    {
        if (!_writing.Wait(0))
            return ValueTask.CompletedTask;
        try
        {
            if (burst.Frames.Count == 0)
                _context.Response.BodyWriter.Write(SseWriter.Heartbeat.Span);
            foreach (var item in burst.Frames)
                Print(item);
            var flush = _context.Response.BodyWriter.FlushAsync(_context.RequestAborted);
            if (!flush.IsCompletedSuccessfully)
                return WaitAsync(flush.AsTask());
            _ = flush.Result;
        }
        catch
        {
            _writing.Release();
            throw;
        }

        _writing.Release();
        return ValueTask.CompletedTask;
    }

    protected override void End(int code) => End();

    protected override void Cut()
    {
        if (!TryEnd())
            return;
        // Before the request may end, as its answer would be whole then; and only while it lasts: after it the context is somebody else's.
        _context.Abort();
        _over.SetResult();
    }

    private void End()
    {
        if (TryEnd())
            _over.SetResult();
    }

    /// <summary>False: somebody else ends it, and will say when that is done.</summary>
    private bool TryEnd() => !Interlocked.Exchange(ref _isEnding, true);

    private async ValueTask WaitAsync(Task flush)
    {
        try
        {
            await flush;
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Each event has an id, which covers it and all that came before it: whatever is lost after it is sent again.</summary>
    private void Print(LinkFrame item)
    {
        _subscriptions.Cursor.Take(item);
        var body = _context.Response.BodyWriter;
        body.Write(Encoding.ASCII.GetBytes($"id: {_subscriptions.Cursor}\n"));
        // An EventSource comes back by itself, and of what its page is told it knows nothing.
        if (item.Frame.Frame is Closing { ReconnectAfterMs: > 0 and var pauseMs })
            body.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"retry: {pauseMs}\n")));
        body.Write(item.Frame.Sse.Span);
    }
}
