using JubileeVerse.Accounts;
using JubileeVerse.Errors;
using JubileeVerse.Gateway.Errors;
using JubileeVerse.Gateway.Realtime.Connections;
using JubileeVerse.Gateway.Realtime.Feeds;
using JubileeVerse.Realtime;

namespace JubileeVerse.Gateway.Realtime.Subscriptions;

/// <inheritdoc/>
internal sealed partial class ConnectionSubscriptions(
    UserId userId,
    IFeedSubscriber connection,
    int maxChannels,
    ChannelFeeds feeds,
    ChannelHistoryClient history,
    ChannelAccess access,
    ILogger<ConnectionSubscriptions> logger) : IConnectionSubscriptions
{
    private readonly Lock _gate = new();

    /// <summary>Replaced as a whole, under the lock, because reads run concurrently with commands.</summary>
    private volatile ChannelSubscription[] _subscriptions = [];

    private bool _isDisposed;
    private int _readFrom;

    public int Count => _subscriptions.Length;

    public bool HasRunningReply => Array.Exists(_subscriptions, subscription => subscription.HasRunningReply);

    public bool IsOwnerUnreachable => Array.Exists(_subscriptions, subscription => subscription.IsOwnerUnreachable);

    public long UnreadBytes => _subscriptions.Sum(subscription => subscription.UnreadBytes);

    public async Task<SubscribeResult> SubscribeAsync(SubscribeRequest request, CancellationToken cancellationToken)
    {
        var channel = request.Channel;
        // The old subscription ends first, because the new request replaces it even when it is refused.
        Unsubscribe(channel);
        if (!IsOwn(channel) && _subscriptions.Count(subscription => !IsOwn(subscription.Channel)) >= maxChannels)
            return Refused(channel, ErrorCode.TooManyChannels);
        try
        {
            return await access.CheckAsync(userId, channel, cancellationToken) is { } code
                ? Refused(channel, code)
                : await BeginAsync(request, cancellationToken);
        }
        catch (JubileeException exception)
        {
            return Refused(channel, exception.Code);
        }
        catch (Exception exception) when (ExceptionProblem.IsTransient(exception))
        {
            LogUnavailable(channel, exception.Message);
            return Refused(channel, ErrorCode.Unavailable);
        }
    }

    public bool Unsubscribe(ChannelName channel)
    {
        ChannelSubscription? removed;
        lock (_gate)
        {
            removed = Array.Find(_subscriptions, subscription => subscription.Channel == channel);
            if (removed is null)
                return false;
            _subscriptions = [.. _subscriptions.Where(subscription => subscription != removed)];
        }

        removed.Dispose();
        return true;
    }

    public void Read(FrameBurst burst)
    {
        // Reads start at a different channel each time, because a channel that fills every burst must not starve the others.
        var subscriptions = _subscriptions;
        var hasEnded = false;
        for (var i = 0; i < subscriptions.Length; i++)
        {
            var subscription = subscriptions[(i + _readFrom) % subscriptions.Length];
            if (!subscription.Read(burst))
            {
                _readFrom = (i + _readFrom + 1) % subscriptions.Length;
                break;
            }

            hasEnded |= subscription.HasEnded;
        }

        if (hasEnded)
            RemoveEnded();
    }

    public void Dispose()
    {
        ChannelSubscription[] all;
        lock (_gate)
        {
            _isDisposed = true;
            (all, _subscriptions) = (_subscriptions, []);
        }

        foreach (var subscription in all)
            subscription.Dispose();
    }

    /// <summary>True for the channels that every connection is subscribed to; they do not count against the limit.</summary>
    private bool IsOwn(ChannelName channel) => channel == ChannelName.Announcements || channel == ChannelName.For(userId);

    private async Task<SubscribeResult> BeginAsync(SubscribeRequest request, CancellationToken cancellationToken)
    {
        var subscription = new ChannelSubscription(feeds, history, request.Channel, connection);
        try
        {
            var result = await subscription.StartAsync(request, cancellationToken);
            lock (_gate)
            {
                ObjectDisposedException.ThrowIf(_isDisposed, this);
                _subscriptions = [.. _subscriptions, subscription];
            }

            subscription.Activate();
            return result;
        }
        catch
        {
            subscription.Dispose();
            throw;
        }
    }

    private void RemoveEnded()
    {
        ChannelSubscription[] ended;
        lock (_gate)
        {
            ended = Array.FindAll(_subscriptions, subscription => subscription.HasEnded);
            _subscriptions = Array.FindAll(_subscriptions, subscription => !subscription.HasEnded);
        }

        foreach (var subscription in ended)
            subscription.Dispose();
    }

    private static SubscribeResult Refused(ChannelName channel, ErrorCode code) =>
        SubscribeResult.Refused(channel, ErrorCodeText.For(code));

    [LoggerMessage(Level = LogLevel.Warning, Message = "A connection could not subscribe to channel {Channel}: {Reason}")]
    private partial void LogUnavailable(ChannelName channel, string reason);
}
