using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace JubileeVerse.Realtime.Outbox;

/// <summary>
/// The grains of this silo that must be notified when a gateway becomes unreachable, by gateway. One list per silo replaces a timer per
/// user. Thread-safe.
/// </summary>
internal sealed partial class GatewayFollowers(ILogger<GatewayFollowers> logger)
{
    /// <summary>The maximum number of concurrent notifications.</summary>
    private const int MaxCalls = 64;

    private readonly ConcurrentDictionary<GatewayId, ConcurrentDictionary<GrainId, Func<GatewayId, Task>>> _followers = new();

    /// <param name="notify">Notifies the grain that the gateway is unreachable. It is called outside the grain's scheduler.</param>
    public void Add(GatewayId gateway, GrainId grain, Func<GatewayId, Task> notify) =>
        _followers.GetOrAdd(gateway, _ => new())[grain] = notify;

    public void Remove(GatewayId gateway, GrainId grain)
    {
        // An empty list stays until its gateway is unreachable, because removing it could lose a grain that is added concurrently.
        if (_followers.TryGetValue(gateway, out var followers))
            followers.TryRemove(grain, out _);
    }

    /// <summary>
    /// Notifies all followers of the gateway. A notified grain removes itself; a grain whose notification failed is notified again with the
    /// next call.
    /// </summary>
    public async Task NotifyUnreachableAsync(GatewayId gateway, CancellationToken cancellationToken)
    {
        if (!_followers.TryGetValue(gateway, out var followers))
            return;
        if (followers.IsEmpty)
        {
            _followers.TryRemove(gateway, out _);
            return;
        }

        LogUnreachable(gateway, followers.Count);
        var limits = new ParallelOptions { MaxDegreeOfParallelism = MaxCalls, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(followers, limits, async (follower, _) =>
        {
            try
            {
                await follower.Value(gateway);
            }
            catch (Exception exception)
            {
                LogNotificationFailed(follower.Key, gateway, exception.Message);
            }
        });
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Gateway {Gateway} is unreachable: its heartbeat timed out. Notifying {Followers} grains.")]
    private partial void LogUnreachable(GatewayId gateway, int followers);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Grain {Grain} could not be notified that gateway {Gateway} is unreachable; it will be notified again: {Reason}")]
    private partial void LogNotificationFailed(GrainId grain, GatewayId gateway, string reason);
}
