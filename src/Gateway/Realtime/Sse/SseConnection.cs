using System.Buffers;
using System.Globalization;
using System.Text;
using JubileeVerse.Gateway.Realtime.Connections;
using JubileeVerse.Gateway.Realtime.Feeds;
using JubileeVerse.Gateway.Realtime.Subscriptions;
using JubileeVerse.Realtime.Frames;

namespace JubileeVerse.Gateway.Realtime.Sse;

/// <summary>
/// A connection over server-sent events. It lives as long as its request. It ends with a last event that states why and a complete
/// response, or, for a client that does not read, with a reset.
/// </summary>
/// <remarks>
/// The pump writes while the request waits. A write after the request has ended could reach the response of another request. Therefore
/// each write holds <see cref="_writing"/>, and the request takes it at its end and never releases it.
/// </remarks>
internal sealed class EventConnection : ClientConnection
{
    private readonly HttpContext _context;
    private readonly TokenExpiry _expiry;
    private readonly TimeSpan _heartbeatPeriod;
    private readonly EventSubscriptions _subscriptions;
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly TaskCompletionSource _completed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isEnding;

    public EventConnection(
        HttpContext context,
        EventSubscriptions subscriptions,
        TokenExpiry expiry,
        LiveConnection connection,
        ConnectionPump pump,
        TimeProvider time,
        TimeSpan heartbeatPeriod)
        : base(connection, pump, time)
    {
        (_context, _subscriptions, _expiry, _heartbeatPeriod) = (context, subscriptions, expiry, heartbeatPeriod);
        subscriptions.SetConnection(this);
    }

    public override IConnectionSubscriptions Subscriptions => _subscriptions;

    /// <summary>Sends the greeting, starts the connection, and completes when it has ended and nothing more is written.</summary>
    public async Task RunAsync(Connected greeting)
    {
        using var aborted = _context.RequestAborted.UnsafeRegister(
            static connection => ((EventConnection)connection!).CompleteRequest(), this);
        try
        {
            SseWriter.Begin(_context);
            WriteFrame(new ConnectionFrame(new SharedFrame(greeting), null));
            await _context.Response.BodyWriter.FlushAsync(_context.RequestAborted);
            Start();
            await _completed.Task;
        }
        catch (OperationCanceledException) when (_context.RequestAborted.IsCancellationRequested)
        {
            // The client has disconnected before the greeting was sent.
        }
        finally
        {
            if (!TryEnd())
                await _completed.Task;
            // A pending write completes soon, because the request is aborted or the write was the last one.
            await _writing.WaitAsync(CancellationToken.None);
        }
    }

    public override void Tick()
    {
        _expiry.Check();
        if (SilentFor >= _heartbeatPeriod)
            WriteHeartbeat();
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
                WriteFrame(item);
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

    protected override void Complete(int code) => CompleteRequest();

    protected override void Reset()
    {
        if (!TryEnd())
            return;
        // The abort comes before the request may end, because its response would be complete then. It comes only while the request lasts,
        // because the context serves another request afterwards.
        _context.Abort();
        _completed.SetResult();
    }

    private void CompleteRequest()
    {
        if (TryEnd())
            _completed.SetResult();
    }

    /// <summary>Returns false when another call ends the connection; that call completes <see cref="_completed"/>.</summary>
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

    /// <summary>
    /// Writes a frame with an id that covers it and all earlier frames, so that everything after it is sent again when it is lost.
    /// </summary>
    private void WriteFrame(ConnectionFrame item)
    {
        _subscriptions.Cursor.MovePast(item);
        var body = _context.Response.BodyWriter;
        body.Write(Encoding.ASCII.GetBytes($"id: {_subscriptions.Cursor}\n"));
        // An EventSource reconnects by itself, and does not know the delay that the closing frame states to the page.
        if (item.Frame.Frame is Closing { ReconnectAfterMs: > 0 and var pauseMs })
            body.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"retry: {pauseMs}\n")));
        body.Write(item.Frame.Sse.Span);
    }
}
