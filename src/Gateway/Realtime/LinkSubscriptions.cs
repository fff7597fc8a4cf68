using JubileeVerse.Accounts;
using JubileeVerse.Errors;
using JubileeVerse.Gateway.Errors;
using JubileeVerse.Realtime;

namespace JubileeVerse.Gateway.Realtime;

/// <inheritdoc/>
internal sealed partial class LinkSubscriptions(
    UserId userId,
    IFeedListener link,
    int maxChannels,
    ChannelFeeds feeds,
    ChannelPast past,
    ChannelAccess access,
    ILogger<LinkSubscriptions> logger) : ILinkSubscriptions
{
    private readonly Lock _gate = new();

    /// <summary>Replaced as a whole, under the lock: reading goes on beside commands.</summary>
    private volatile ChannelSubscription[] _subscriptions = [];

    private bool _isDisposed;
    private int _turn;

    public int Count => _subscriptions.Length;

    public bool IsAnswering => Array.Exists(_subscriptions, subscription => subscription.IsAnswering);

    public bool IsLost => Array.Exists(_subscriptions, subscription => subscription.IsLost);

    public long BehindBytes => _subscriptions.Sum(subscription => subscription.BehindBytes);

    public async Task<SubscribeAnswer> SubscribeAsync(SubscribeRequest request, CancellationToken cancellationToken)
    {
        var channel = request.Channel;
        // Before anything else: what the client has said is where it wants to go on, also if that is refused.
        Unsubscribe(channel);
        if (!IsOwn(channel) && _subscriptions.Count(subscription => !IsOwn(subscription.Channel)) >= maxChannels)
            return Refused(channel, ErrorCode.TooManyChannels);
        try
        {
            return await access.RefuseAsync(userId, channel, cancellationToken) is { } code
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
        ChannelSubscription? gone;
        lock (_gate)
        {
            gone = Array.Find(_subscriptions, subscription => subscription.Channel == channel);
            if (gone is null)
                return false;
            _subscriptions = [.. _subscriptions.Where(subscription => subscription != gone)];
        }

        gone.Dispose();
        return true;
    }

    public void Read(FrameBurst burst)
    {
        // Not always from the same one: a channel that fills every burst must not silence the others.
        var subscriptions = _subscriptions;
        var isAnyOver = false;
        for (var i = 0; i < subscriptions.Length; i++)
        {
            var subscription = subscriptions[(i + _turn) % subscriptions.Length];
            if (!subscription.Read(burst))
            {
                _turn = (i + _turn + 1) % subscriptions.Length;
                break;
            }

            isAnyOver |= subscription.IsOver;
        }

        if (isAnyOver)
            RemoveThoseOver();
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

    /// <summary>Held by every link, asked for or not, and so not counted.</summary>
    private bool IsOwn(ChannelName channel) => channel == ChannelName.Announcements || channel == ChannelName.Of(userId);

    private async Task<SubscribeAnswer> BeginAsync(SubscribeRequest request, CancellationToken cancellationToken)
    {
        var subscription = new ChannelSubscription(feeds, past, request.Channel, link);
        try
        {
            var answer = await subscription.EnterAsync(request, cancellationToken);
            lock (_gate)
            {
                ObjectDisposedException.ThrowIf(_isDisposed, this);
                _subscriptions = [.. _subscriptions, subscription];
            }

            subscription.Activate();
            return answer;
        }
        catch
        {
            subscription.Dispose();
            throw;
        }
    }

    private void RemoveThoseOver()
    {
        ChannelSubscription[] over;
        lock (_gate)
        {
            over = Array.FindAll(_subscriptions, subscription => subscription.IsOver);
            _subscriptions = Array.FindAll(_subscriptions, subscription => !subscription.IsOver);
        }

        foreach (var subscription in over)
            subscription.Dispose();
    }

    private static SubscribeAnswer Refused(ChannelName channel, ErrorCode code) => SubscribeAnswer.Refused(channel, ErrorCodeText.Of(code));

    [LoggerMessage(Level = LogLevel.Warning, Message = "Channel {Channel} could not be subscribed: {Reason}")]
    private partial void LogUnavailable(ChannelName channel, string reason);
}
