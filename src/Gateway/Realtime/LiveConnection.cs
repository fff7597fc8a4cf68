using JubileeVerse.Accounts;
using JubileeVerse.Realtime;

namespace JubileeVerse.Gateway.Realtime;

/// <summary>One open stream, from its begin until it is disposed.</summary>
internal sealed class LiveConnection : IDisposable
{
    private readonly Lock _gate = new();
    private readonly LiveConnections _connections;
    private readonly CancellationTokenSource _ended;
    private readonly string? _session;
    private volatile bool _isAnswering;
    private Action? _gone;
    private bool _isDisposed;
    private int? _closingCode;

    public LiveConnection(LiveConnections connections, UserId userId, UserLink? link, string? session, CancellationToken aborted)
    {
        _connections = connections;
        UserId = userId;
        Link = link;
        _session = session;
        _ended = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        Ended = _ended.Token;
    }

    public UserId UserId { get; }

    /// <summary>As the person's grain knows it; null for the stream of one reply, which comes and goes with it and is not counted there.</summary>
    public UserLink? Link { get; private set; }

    /// <summary>Names the session behind it, as in <see cref="UserLink"/>; null where it cannot be known.</summary>
    public string? Session => Link is { } link ? link.Session : _session;

    /// <summary>Cancelled when the client has left or the server closes the stream: no more to wait for.</summary>
    public CancellationToken Ended { get; }

    /// <summary>The server closes the stream, and this is what it says; null while it does not.</summary>
    public int? ClosingCode
    {
        get
        {
            lock (_gate)
                return _closingCode;
        }
    }

    /// <summary>Its reply is running: closed last.</summary>
    public bool IsAnswering
    {
        get => _isAnswering;
        set => _isAnswering = value;
    }

    /// <summary>Its client has shown a newer token, which may be of another session of the same person.</summary>
    public void BelongTo(string? session) => Link = Link is { } link ? link with { Session = session } : null;

    public void Close(int code)
    {
        lock (_gate)
        {
            if (_isDisposed || _closingCode is not null)
                return;
            _closingCode = code;
            // Not awaited: what it wakes says good-bye on a thread of its own, and there may be thousands.
            _ = _ended.CancelAsync();
        }
    }

    /// <summary>Called once it is gone and no more in the list of connections; at once when it is.</summary>
    public void WhenGone(Action gone)
    {
        lock (_gate)
        {
            if (!_isDisposed)
            {
                _gone += gone;
                return;
            }
        }

        gone();
    }

    public void Dispose()
    {
        Action? gone;
        lock (_gate)
        {
            if (_isDisposed)
                return;
            _isDisposed = true;
            gone = _gone;
            _ended.Dispose();
        }

        _connections.Remove(this);
        gone?.Invoke();
    }
}
