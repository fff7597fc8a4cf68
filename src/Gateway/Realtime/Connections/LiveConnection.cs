using JubileeVerse.Accounts;
using JubileeVerse.Realtime;

namespace JubileeVerse.Gateway.Realtime.Connections;

/// <summary>One open connection or reply stream, from its start until it is disposed.</summary>
internal sealed class LiveConnection : IDisposable
{
    private readonly Lock _gate = new();
    private readonly LiveConnections _connections;
    private readonly CancellationTokenSource _ended;
    private readonly string? _session;
    private volatile bool _isAnswering;
    private Action? _disposedCallbacks;
    private bool _isDisposed;
    private int? _closingCode;

    public LiveConnection(
        LiveConnections connections, UserId userId, UserConnection? userConnection, string? session, CancellationToken aborted)
    {
        _connections = connections;
        UserId = userId;
        UserConnection = userConnection;
        _session = session;
        _ended = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        Ended = _ended.Token;
    }

    public UserId UserId { get; }

    /// <summary>The connection as the user's grain knows it; null for a reply stream, which that grain does not count.</summary>
    public UserConnection? UserConnection { get; private set; }

    /// <summary>Identifies the session of the connection, as in <see cref="UserConnection"/>; null when the session is unknown.</summary>
    public string? Session => UserConnection is { } userConnection ? userConnection.Session : _session;

    /// <summary>Cancelled when the client has disconnected or the server closes the connection.</summary>
    public CancellationToken Ended { get; }

    /// <summary>The code with which the server closes the connection; null while it is not being closed.</summary>
    public int? ClosingCode
    {
        get
        {
            lock (_gate)
                return _closingCode;
        }
    }

    /// <summary>True while a followed reply is running; a drain closes such a connection last.</summary>
    public bool HasRunningReply
    {
        get => _isAnswering;
        set => _isAnswering = value;
    }

    /// <summary>
    /// Sets the session, because the client has sent a newer token, which may belong to another session of the same user.
    /// </summary>
    public void SetSession(string? session) =>
        UserConnection = UserConnection is { } userConnection ? userConnection with { Session = session } : null;

    public void Close(int code)
    {
        lock (_gate)
        {
            if (_isDisposed || _closingCode is not null)
                return;
            _closingCode = code;
            // The call is not awaited, because its callbacks send closing frames on other threads, and a drain closes thousands of
            // connections.
            _ = _ended.CancelAsync();
        }
    }

    /// <summary>
    /// Registers a callback for when the connection is disposed and removed from the list of connections; called at once when that has
    /// happened.
    /// </summary>
    public void OnDisposed(Action callback)
    {
        lock (_gate)
        {
            if (!_isDisposed)
            {
                _disposedCallbacks += callback;
                return;
            }
        }

        callback();
    }

    public void Dispose()
    {
        Action? callback;
        lock (_gate)
        {
            if (_isDisposed)
                return;
            _isDisposed = true;
            callback = _disposedCallbacks;
            _ended.Dispose();
        }

        _connections.Remove(this);
        callback?.Invoke();
    }
}
