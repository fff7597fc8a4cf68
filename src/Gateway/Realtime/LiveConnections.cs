using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using JubileeVerse.Accounts;
using JubileeVerse.Gateway.Operations;
using JubileeVerse.Realtime;

namespace JubileeVerse.Gateway.Realtime;

/// <summary>This process's live connections and the people behind them.</summary>
internal sealed class LiveConnections : IDisposable
{
    private readonly Lock _gate = new();
    private readonly HashSet<LiveConnection> _connections = [];
    private readonly Dictionary<UserId, LivePerson> _byUser = [];
    private readonly Dictionary<UserId, SaidLinks> _said = [];
    private readonly Meter _meter;
    private TaskCompletionSource? _empty;
    private int? _turnAwayCode;

    public LiveConnections(IMeterFactory meters)
    {
        _meter = meters.Create(RealtimeServices.MeterName);
        _meter.CreateObservableUpDownCounter(
            "jubileeverse.connections", () => Count().Connections, "{connection}", "Live connections to this gateway.");
    }

    public ConnectionCount Count()
    {
        lock (_gate)
            return new ConnectionCount(_connections.Count, _byUser.Count);
    }

    /// <param name="userId">Who is connected.</param>
    /// <param name="aborted">Cancelled when the client has left.</param>
    /// <param name="link">How the person's grain knows it; null for the stream of one reply.</param>
    /// <param name="session">Of the stream of one reply; a link says its own.</param>
    public LiveConnection Add(UserId userId, CancellationToken aborted, UserLink? link = null, string? session = null)
    {
        var connection = new LiveConnection(this, userId, link, session, aborted);
        int? turnAway;
        lock (_gate)
        {
            _connections.Add(connection);
            if (!_byUser.TryGetValue(userId, out var person))
                _byUser[userId] = person = new LivePerson();
            person.Add(connection);
            turnAway = _turnAwayCode;
        }

        if (turnAway is { } code)
            connection.Close(code);
        return connection;
    }

    /// <summary>Connections by what they are made of.</summary>
    public ImmutableDictionary<LinkTransport, int> CountByTransport()
    {
        lock (_gate)
        {
            return _connections
                .GroupBy(connection => connection.Link?.Transport ?? LinkTransport.ReplyStream)
                .ToImmutableDictionary(group => group.Key, group => group.Count());
        }
    }

    /// <summary>The person's links here, as their grain is to know them: without those that are being closed.</summary>
    public ImmutableArray<UserLink> LinksOf(UserId userId)
    {
        lock (_gate)
            return _byUser.TryGetValue(userId, out var person) ? [.. person.Links] : [];
    }

    /// <summary>The person's grain was told these links. Of two that overlap, that of the higher generation counts.</summary>
    public void Said(UserId userId, long generation, ImmutableArray<UserLink> links)
    {
        lock (_gate)
        {
            if (_said.TryGetValue(userId, out var last) && last.Generation > generation)
                return;
            if (links.IsEmpty)
                _said.Remove(userId);
            else
                _said[userId] = new SaidLinks(generation, links);
        }
    }

    /// <summary>The person's grain knows their links here as they are.</summary>
    public bool IsSaid(UserId userId)
    {
        lock (_gate)
        {
            var links = _byUser.TryGetValue(userId, out var person) ? person.Links : [];
            return links.SequenceEqual(_said.TryGetValue(userId, out var said) ? said.Links : []);
        }
    }

    /// <summary>Closes links of a person, as their grain says. The stream of one reply has no name here: it closes with its session, or with all.</summary>
    public void Close(UserId userId, CloseLinks close)
    {
        LiveConnection[] closing;
        lock (_gate)
        {
            closing = _byUser.TryGetValue(userId, out var person)
                ? [.. person.Connections.Where(connection => IsAbout(close, connection))]
                : [];
        }

        foreach (var connection in closing)
            connection.Close(close.Code);
    }

    /// <summary>Those that are not being closed, in no order.</summary>
    public LiveConnection[] Open()
    {
        lock (_gate)
            return [.. _connections.Where(connection => connection.ClosingCode is null)];
    }

    /// <summary>Those of them that no reply is running on.</summary>
    public LiveConnection[] Idle() => Array.FindAll(Open(), connection => !connection.IsAnswering);

    /// <summary>Whoever comes from now on is sent elsewhere.</summary>
    public void TurnAway(int code)
    {
        lock (_gate)
            _turnAwayCode = code;
    }

    public void CloseAll(int code)
    {
        TurnAway(code);
        LiveConnection[] all;
        lock (_gate)
            all = [.. _connections];
        foreach (var connection in all)
            connection.Close(code);
    }

    /// <summary>Completes when there is none.</summary>
    public Task WhenEmptyAsync()
    {
        lock (_gate)
        {
            return _connections.Count == 0
                ? Task.CompletedTask
                : (_empty ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    public void Dispose() => _meter.Dispose();

    /// <summary>Called by a connection that has ended.</summary>
    internal void Remove(LiveConnection connection)
    {
        lock (_gate)
        {
            if (!_connections.Remove(connection))
                return;
            var person = _byUser[connection.UserId];
            person.Remove(connection);
            if (person.IsGone)
                _byUser.Remove(connection.UserId);
            if (_connections.Count > 0)
                return;
            _empty?.TrySetResult();
            _empty = null;
        }
    }

    private static bool IsAbout(CloseLinks close, LiveConnection connection)
    {
        if (!close.LinkIds.IsDefaultOrEmpty)
            return connection.Link is { } link && close.LinkIds.Contains(link.Id);
        return close.Session is null || connection.Session == close.Session;
    }

    private readonly record struct SaidLinks(long Generation, ImmutableArray<UserLink> Links);
}
