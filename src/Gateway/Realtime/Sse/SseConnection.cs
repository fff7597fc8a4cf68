using System.Buffers;
using JubileeVerse.Gateway.Realtime.Connections;

namespace JubileeVerse.Gateway.Realtime.Sse;

/// <summary>
/// A connection over server-sent events. It lives as long as its request. It ends with a last event that states why and a complete
/// response, or, for a client that does not read, with a reset.
/// </summary>
/// <remarks>
/// The pump writes while the request waits. A write after the request has ended could reach the response of another request. Therefore
/// each write holds <see cref="_writing"/>, and the request takes it at its end and never releases it.
/// </remarks>
internal abstract class SseConnection(
    HttpContext context,
    TokenExpiry expiry,
    LiveConnection connection,
    ConnectionPump pump,
    TimeProvider time,
    TimeSpan heartbeatPeriod) : ClientConnection(connection, pump, time)
{
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly TaskCompletionSource _completed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isEnding;

    public override void Tick()
    {
        expiry.Check();
        if (SilentFor >= heartbeatPeriod)
            WriteHeartbeat();
    }

    /// <summary>
    /// Sends the headers and the greeting, starts the connection, and completes when it has ended and nothing more is written.
    /// </summary>
    /// <param name="greeting">The first event; null for none.</param>
    protected async Task RunAsync(ConnectionFrame? greeting)
    {
        using var aborted = context.RequestAborted.UnsafeRegister(
            static connection => ((SseConnection)connection!).CompleteRequest(), this);
        try
        {
            SseWriter.Begin(context, ReconnectDelays);
            if (greeting is { } first)
                WriteFrame(first, context.Response.BodyWriter);
            await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
            Start();
            await _completed.Task;
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has disconnected before the first bytes were sent.
        }
        finally
        {
            if (!TryEnd())
                await _completed.Task;
            // A pending write completes soon, because the request is aborted or the write was the last one.
            await _writing.WaitAsync(CancellationToken.None);
        }
    }

    protected override ValueTask WriteAsync(FrameBurst burst)
    {
        if (!_writing.Wait(0))
            return ValueTask.CompletedTask;
        try
        {
            if (burst.Frames.Count == 0)
                context.Response.BodyWriter.Write(SseWriter.Heartbeat.Span);
            foreach (var item in burst.Frames)
                WriteFrame(item, context.Response.BodyWriter);
            var flush = context.Response.BodyWriter.FlushAsync(context.RequestAborted);
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

    /// <summary>Writes one event, with the id from which a client that reconnects continues.</summary>
    protected abstract void WriteFrame(ConnectionFrame item, IBufferWriter<byte> body);

    protected override void Complete(int? code) => CompleteRequest();

    protected override void Reset()
    {
        if (!TryEnd())
            return;
        // The abort comes before the request may end, because its response would be complete then. It comes only while the request lasts,
        // because the context serves another request afterwards.
        context.Abort();
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
}
