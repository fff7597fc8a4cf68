using System.Collections.Immutable;
using JubileeVerse.Errors;
using JubileeVerse.Gateway.Errors;
using JubileeVerse.Gateway.Realtime.Connections;
using JubileeVerse.Gateway.Realtime.Feeds;
using JubileeVerse.Gateway.Replies;
using JubileeVerse.Realtime;
using JubileeVerse.Replies;
using JubileeVerse.Rules;

namespace JubileeVerse.Gateway.Realtime.Replies;

/// <summary>
/// The implicit subscription of a reply stream: the events of its replies, one reply after the other, each until its end. It is subscribed
/// to the channel before it reads a reply, so that no frame is missed in between.
/// </summary>
/// <remarks>
/// The pump must not wait for grains. A read therefore starts a search and returns; the completed search pulses the connection, which reads
/// again. While a search runs, nothing is read. A search that fails closes the connection with a code, or resets it when the failure is a
/// fault, so that the client does not take the stream for complete.
/// </remarks>
internal sealed partial class ReplySubscription : IFrameSource, IFeedSubscriber
{
    private readonly ClientConnection _connection;
    private readonly ReplyFinder _finder;
    private readonly ILogger _logger;
    private readonly ChannelName _channel;
    private readonly Queue<StreamedReply> _next;
    private readonly FeedSubscription? _subscription;
    private volatile StreamedReply _reply;
    private volatile bool _isSearching;

    /// <param name="connection">Is pulsed when there is something to read. Earlier pulses than its start are not needed.</param>
    /// <param name="replies">At least one; all of one conversation, in the order in which they are generated.</param>
    public ReplySubscription(
        ClientConnection connection, ChannelFeeds feeds, ReplyFinder finder, ImmutableArray<StreamedReply> replies, ILogger logger)
    {
        (_connection, _finder, _logger) = (connection, finder, logger);
        _channel = ChannelName.For(replies[0].Stored.ConversationId);
        _next = new Queue<StreamedReply>(replies);
        _reply = _next.Dequeue();
        _subscription = replies.All(reply => reply.Stored.HasEnded()) ? null : feeds.Subscribe(_channel, this);
    }

    public bool HasRunningReply { get; private set; }

    public bool IsOwnerUnreachable { get; private set; }

    public bool HasEnded { get; private set; }

    /// <summary>Counts text only; the other events of a reply are few and small.</summary>
    public long UnreadBytes => _reply is { Live: { } live, Reader: var reader } ? live.UnreadLength(reader) : 0;

    public void Pulse() => _connection.Pulse();

    public void Read(FrameBurst burst)
    {
        while (!_isSearching && !HasEnded && !burst.IsFull)
        {
            if (_reply is { Live: null, StoredEvents: null })
                Search(ReplySearch.Reply);
            else if (ReadReply(_reply, burst))
                MoveOn();
            else
                return;
        }
    }

    public void Dispose() => _subscription?.Dispose();

    /// <summary>Adds the events that are new. True when the last one is the reply's end.</summary>
    private bool ReadReply(StreamedReply reply, FrameBurst burst)
    {
        if (reply.Live is not { } live)
        {
            Add(reply.StoredEvents!, burst);
            return true;
        }

        var result = live.Read(reply.Reader);
        Add(result.Events, burst);
        (HasRunningReply, IsOwnerUnreachable) = (result.IsRunning, result.IsOwnerUnreachable);
        if (result is { HasEnded: false, IsOwnerUnreachable: false, IsMissing: true })
            Search(ReplySearch.StoredReply);
        else if (result is { NeedsQueuePosition: true, IsOwnerUnreachable: false } && !reply.HasSearchedQueuePosition)
            Search(ReplySearch.QueuePosition);
        return result.HasEnded;
    }

    private void MoveOn()
    {
        HasRunningReply = false;
        if (_next.TryDequeue(out var next))
            _reply = next;
        else
            HasEnded = true;
    }

    private void Add(IReadOnlyList<ReplyEvent> events, FrameBurst burst)
    {
        foreach (var item in events)
            burst.Add(item.Frame, item.Cursor is { } cursor ? new FramePosition(_channel, null, _reply.Stored.Id, cursor) : null);
    }

    private void Search(ReplySearch search)
    {
        _isSearching = true;
        // SearchAsync catches all exceptions.
        _ = SearchAsync(search, _reply);
    }

    private async Task SearchAsync(ReplySearch search, StreamedReply reply)
    {
        var live = _connection.Live;
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            await FindAsync(search, reply, live.Ended);
            _isSearching = false;
            _connection.Pulse();
        }
        catch (Exception exception) when (ExceptionProblem.IsTransient(exception))
        {
            LogUnavailable(reply.Stored.Id, exception.Message);
            live.Close(CloseCodes.Unreachable);
        }
        catch (OperationCanceledException) when (live.Ended.IsCancellationRequested)
        {
            // The client has disconnected, and its reply continues without it; or the connection is being closed with a code.
        }
        catch (JubileeException exception) when (exception.Code == ErrorCode.NotFound)
        {
            live.Close(CloseCodes.Removed);
        }
        catch (Exception exception)
        {
            LogFailed(exception, reply.Stored.Id);
            _connection.Abort(CloseCodes.Unreachable);
        }
    }

    private Task FindAsync(ReplySearch search, StreamedReply reply, CancellationToken cancellationToken)
    {
        var userId = _connection.Live.UserId;
        switch (search)
        {
            case ReplySearch.Reply:
                return _finder.FindAsync(userId, reply, _subscription?.Feed, cancellationToken);
            case ReplySearch.StoredReply:
                return _finder.FindStoredAsync(userId, reply, _subscription!.Feed, cancellationToken);
            case ReplySearch.QueuePosition:
                reply.HasSearchedQueuePosition = true;
                return _finder.FindQueuePositionAsync(userId, reply, cancellationToken);
            default:
                throw new ArgumentOutOfRangeException(nameof(search), search, "There is no such search.");
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The stream of reply {Reply} was closed because the cluster is unavailable: {Reason}")]
    private partial void LogUnavailable(ReplyId reply, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "The stream of reply {Reply} was reset because its reply could not be read.")]
    private partial void LogFailed(Exception exception, ReplyId reply);
}
