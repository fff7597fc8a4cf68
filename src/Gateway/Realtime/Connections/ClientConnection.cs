using JubileeVerse.Gateway.Realtime.Feeds;
using JubileeVerse.Rules;

namespace JubileeVerse.Gateway.Realtime.Connections;

/// <summary>
/// One client's connection, over any transport. It holds cursors and no queue of frames: when a feed has something new, the connection is
/// queued at the <see cref="ConnectionPump"/>, which reads the frames after the cursors and writes them. While a write is pending the
/// connection is not queued, so a slow reader costs nothing but its cursors, and catches up in large steps when it reads again.
/// </summary>
/// <remarks>
/// The states are changed by compare-and-exchange: idle → queued (on a pulse) → writing → idle. A pulse during a write queues the
/// connection again after it. A connection is new until <see cref="Start"/>, and is not queued before. Therefore it is in the pump's
/// queue at most once, and one thread at a time writes to it.
/// </remarks>
internal abstract class ClientConnection : IFeedSubscriber, IDisposable
{
    private const int Idle = 0;
    private const int Queued = 1;
    private const int Writing = 2;
    private const int WritingAgain = 3;
    private const int Closed = 4;
    private const int New = 5;

    private readonly ConnectionPump _pump;
    private readonly TimeProvider _time;
    private CancellationTokenRegistration _endedRegistration;
    private int _state = New;
    private long _pendingSince;
    private long _lastWriteAt;
    private bool _isHeartbeatDue;

    protected ClientConnection(LiveConnection connection, ConnectionPump pump, TimeProvider time)
    {
        Live = connection;
        _pump = pump;
        _time = time;
        _lastWriteAt = time.GetTimestamp();
    }

    public LiveConnection Live { get; }

    public abstract IFrameSource Subscriptions { get; }

    /// <summary>How long the current write has been pending because the client does not read; zero when no write is pending.</summary>
    public TimeSpan StalledFor => Volatile.Read(ref _pendingSince) is var since and not 0 ? _time.GetElapsedTime(since) : TimeSpan.Zero;

    /// <summary>The time since the last write.</summary>
    protected TimeSpan SilentFor => _time.GetElapsedTime(Volatile.Read(ref _lastWriteAt));

    protected ReconnectDelays ReconnectDelays => _pump.ReconnectDelays;

    /// <summary>Starts writing the frames of the subscriptions. The end of <see cref="Live"/> wakes the pump.</summary>
    public void Start()
    {
        _pump.Track(this);
        Interlocked.CompareExchange(ref _state, Idle, New);
        _endedRegistration = Live.Ended.UnsafeRegister(static connection => ((ClientConnection)connection!).Pulse(), this);
        Pulse();
    }

    /// <summary>
    /// Does the work that is due by time, such as heartbeats and expiry; called about once a second while no write is pending.
    /// </summary>
    public virtual void Tick()
    {
    }

    public void Pulse()
    {
        while (true)
        {
            var state = Volatile.Read(ref _state);
            if (state is Queued or WritingAgain or Closed or New)
                return;
            if (Interlocked.CompareExchange(ref _state, state == Idle ? Queued : WritingAgain, state) != state)
                continue;
            if (state == Idle)
                _pump.Enqueue(this);
            return;
        }
    }

    /// <summary>Closes the connection without a closing frame, because the client does not read and would not receive one.</summary>
    public void Abort(int code)
    {
        Live.Close(code);
        Volatile.Write(ref _state, Closed);
        Reset();
    }

    public virtual void Dispose()
    {
        Volatile.Write(ref _state, Closed);
        _pump.Untrack(this);
        _endedRegistration.Dispose();
        Subscriptions.Dispose();
        Live.Dispose();
    }

    /// <summary>
    /// Writes the next frames; called by the pump. True when the burst can be used again, false while a pending write holds it.
    /// </summary>
    internal bool WritePending(FrameBurst burst)
    {
        if (Interlocked.CompareExchange(ref _state, Writing, Queued) != Queued)
            return true;

        var closing = Live.ClosingCode;
        if (closing is { } code)
            burst.Add(new SharedFrame(ClosingFrame.Create(code, ReconnectDelays)), null);
        else if (!Live.Ended.IsCancellationRequested)
            Subscriptions.Read(burst);
        Live.HasRunningReply = Subscriptions.HasRunningReply;
        if (closing is null && Subscriptions.IsOwnerUnreachable)
            Live.Close(CloseCodes.Unreachable);
        var isLast = closing is not null || Subscriptions.HasEnded;
        if (burst.Frames.Count == 0 && !Interlocked.Exchange(ref _isHeartbeatDue, false))
        {
            FinishWrite(hasMore: false);
            return true;
        }

        Volatile.Write(ref _lastWriteAt, _time.GetTimestamp());
        var write = WriteAsync(burst);
        if (write.IsCompletedSuccessfully)
        {
            write.GetAwaiter().GetResult();
            CompleteWrite(isLast, closing, burst.IsFull);
            return true;
        }

        Volatile.Write(ref _pendingSince, _time.GetTimestamp());
        // WaitAsync catches all exceptions. A task is allocated only here, for a connection whose write is pending.
        _ = WaitAsync(write, isLast, closing, burst.IsFull);
        return false;
    }

    /// <summary>Queues the connection to write a heartbeat, because nothing has been written for a while.</summary>
    protected void WriteHeartbeat()
    {
        Volatile.Write(ref _isHeartbeatDue, true);
        Pulse();
    }

    /// <summary>
    /// Sends the frames in order; an empty burst is a heartbeat requested by <see cref="WriteHeartbeat"/>. Completes when the transport has
    /// room again, and not before the burst can be used again.
    /// </summary>
    protected abstract ValueTask WriteAsync(FrameBurst burst);

    /// <summary>Closes the transport gracefully, without a reset; the last frame has been written.</summary>
    /// <param name="code">The code of the closing frame; null when the subscriptions have ended, which needs none.</param>
    protected abstract void Complete(int? code);

    /// <summary>Resets the transport without a closing frame.</summary>
    protected abstract void Reset();

    private async Task WaitAsync(ValueTask write, bool isLast, int? closing, bool hasMore)
    {
        try
        {
            await write;
            Volatile.Write(ref _pendingSince, 0);
            CompleteWrite(isLast, closing, hasMore);
        }
        catch (Exception exception)
        {
            _pump.OnWriteFailed(this, exception);
            Volatile.Write(ref _state, Closed);
            Reset();
        }
    }

    private void CompleteWrite(bool isLast, int? closing, bool hasMore)
    {
        if (!isLast)
        {
            FinishWrite(hasMore);
            return;
        }

        Volatile.Write(ref _state, Closed);
        Complete(closing);
    }

    private void FinishWrite(bool hasMore)
    {
        if (!hasMore && Interlocked.CompareExchange(ref _state, Idle, Writing) == Writing)
            return;
        var state = Volatile.Read(ref _state);
        if (state != Closed && Interlocked.CompareExchange(ref _state, Queued, state) == state)
            _pump.Enqueue(this);
        else if (state != Closed)
            FinishWrite(hasMore: true);
    }
}
