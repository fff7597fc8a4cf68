namespace JubileeVerse.Gateway.Realtime;

/// <summary>
/// One client's way to hear channels, whatever it is made of. It holds cursors and no queue: when a feed has something new it takes its turn at
/// the <see cref="LinkPump"/>, which reads what the cursors lack and writes it. While a write is stuck it takes no turn, so a slow reader costs
/// nothing but its cursor, and catches up in large steps when it reads again.
/// </summary>
/// <remarks>
/// The states, all changed by compare and exchange: idle → queued (pulsed) → writing (its turn) → idle; a pulse while it writes makes another
/// turn. It is new until it begins, and takes no turn before. So it is in the pump's queue once at most, and is written to by one thread at a time.
/// </remarks>
internal abstract class Link : IFeedListener, IDisposable
{
    private const int Idle = 0;
    private const int Queued = 1;
    private const int Writing = 2;
    private const int Again = 3;
    private const int Over = 4;
    private const int New = 5;

    private readonly LinkPump _pump;
    private readonly TimeProvider _time;
    private CancellationTokenRegistration _ended;
    private int _state = New;
    private long _stalledAt;
    private long _wroteAt;
    private bool _isBeatDue;

    protected Link(LiveConnection connection, LinkPump pump, TimeProvider time)
    {
        Connection = connection;
        _pump = pump;
        _time = time;
        _wroteAt = time.GetTimestamp();
    }

    public LiveConnection Connection { get; }

    public abstract ILinkSubscriptions Subscriptions { get; }

    /// <summary>How long its client has not taken what it was sent; zero when it has taken everything.</summary>
    public TimeSpan StalledFor => Volatile.Read(ref _stalledAt) is var since and not 0 ? _time.GetElapsedTime(since) : TimeSpan.Zero;

    /// <summary>How long ago something was last written.</summary>
    protected TimeSpan SilentFor => _time.GetElapsedTime(Volatile.Read(ref _wroteAt));

    /// <summary>From now on it is told what its subscriptions hear, and its connection's end ends it.</summary>
    public void Begin()
    {
        _pump.Track(this);
        Interlocked.CompareExchange(ref _state, Idle, New);
        _ended = Connection.Ended.UnsafeRegister(static link => ((Link)link!).Pulse(), this);
        Pulse();
    }

    /// <summary>Called about once a second while its client takes what it is sent: what is due by time is seen to here.</summary>
    public virtual void Beat()
    {
    }

    public void Pulse()
    {
        while (true)
        {
            var state = Volatile.Read(ref _state);
            if (state is Queued or Again or Over or New)
                return;
            if (Interlocked.CompareExchange(ref _state, state == Idle ? Queued : Again, state) != state)
                continue;
            if (state == Idle)
                _pump.Add(this);
            return;
        }
    }

    /// <summary>Its client does not take what it is sent: it is closed as slow, and without a closing frame, as none would pass.</summary>
    public void GiveUp(int code)
    {
        Connection.Close(code);
        Volatile.Write(ref _state, Over);
        Cut();
    }

    public virtual void Dispose()
    {
        Volatile.Write(ref _state, Over);
        _pump.Forget(this);
        _ended.Dispose();
        Subscriptions.Dispose();
        Connection.Dispose();
    }

    /// <summary>Called by the pump. True: the burst is free again; false: a write that is stuck still holds it.</summary>
    internal bool TakeTurn(FrameBurst burst)
    {
        if (Interlocked.CompareExchange(ref _state, Writing, Queued) != Queued)
            return true;

        var closing = Connection.ClosingCode;
        if (closing is { } code)
            burst.Add(new SharedFrame(CloseCodes.Closing(code)), null);
        else if (!Connection.Ended.IsCancellationRequested)
            Subscriptions.Read(burst);
        Connection.IsAnswering = Subscriptions.IsAnswering;
        if (closing is null && Subscriptions.IsLost)
            Connection.Close(CloseCodes.Lost);
        if (burst.Frames.Count == 0 && !Interlocked.Exchange(ref _isBeatDue, false))
        {
            EndTurn(isAgain: false);
            return true;
        }

        Volatile.Write(ref _wroteAt, _time.GetTimestamp());
        var write = WriteAsync(burst);
        if (write.IsCompletedSuccessfully)
        {
            write.GetAwaiter().GetResult();
            Written(closing, burst.IsFull);
            return true;
        }

        Volatile.Write(ref _stalledAt, _time.GetTimestamp());
        // It catches what goes wrong. A task is made only here, for a link that is behind.
        _ = WaitAsync(write, closing, burst.IsFull);
        return false;
    }

    /// <summary>Writes an empty burst, in its turn: its client has heard nothing for a while.</summary>
    protected void WriteBeat()
    {
        Volatile.Write(ref _isBeatDue, true);
        Pulse();
    }

    /// <summary>Sends the frames, in order; none means a sign of life, where <see cref="WriteBeat"/> has asked for one. Completes when the client's side has room again; not before the burst may be used anew.</summary>
    protected abstract ValueTask WriteAsync(FrameBurst burst);

    /// <summary>The closing frame is on its way: ends the link with a real end, not a reset.</summary>
    protected abstract void End(int code);

    /// <summary>Ends the link without another word.</summary>
    protected abstract void Cut();

    private async Task WaitAsync(ValueTask write, int? closing, bool isAgain)
    {
        try
        {
            await write;
            Volatile.Write(ref _stalledAt, 0);
            Written(closing, isAgain);
        }
        catch (Exception exception)
        {
            _pump.Failed(this, exception);
            Volatile.Write(ref _state, Over);
            Cut();
        }
    }

    private void Written(int? closing, bool isAgain)
    {
        if (closing is not { } code)
        {
            EndTurn(isAgain);
            return;
        }

        Volatile.Write(ref _state, Over);
        End(code);
    }

    private void EndTurn(bool isAgain)
    {
        if (!isAgain && Interlocked.CompareExchange(ref _state, Idle, Writing) == Writing)
            return;
        var state = Volatile.Read(ref _state);
        if (state != Over && Interlocked.CompareExchange(ref _state, Queued, state) == state)
            _pump.Add(this);
        else if (state != Over)
            EndTurn(isAgain: true);
    }
}
