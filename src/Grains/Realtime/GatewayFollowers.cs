using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace JubileeVerse.Realtime;

/// <summary>
/// The grains of this silo that want to know when a gateway dies, by gateway: one list a silo instead of a timer a person. Thread-safe.
/// </summary>
internal sealed partial class GatewayFollowers(ILogger<GatewayFollowers> logger)
{
    /// <summary>Grains that are told at a time.</summary>
    private const int MaxCalls = 64;

    private readonly ConcurrentDictionary<GatewayId, ConcurrentDictionary<GrainId, Func<GatewayId, Task>>> _followers = new();

    /// <param name="gateway">That has attached.</param>
    /// <param name="grain">To which.</param>
    /// <param name="tell">Tells the grain of its death. Called outside the grain's turns.</param>
    public void Add(GatewayId gateway, GrainId grain, Func<GatewayId, Task> tell) =>
        _followers.GetOrAdd(gateway, _ => new())[grain] = tell;

    public void Remove(GatewayId gateway, GrainId grain)
    {
        // An empty list stays until its gateway is judged lost: taking it away could take a grain with it that comes in the same moment.
        if (_followers.TryGetValue(gateway, out var followers))
            followers.TryRemove(grain, out _);
    }

    /// <summary>Tells all that follow it. Whoever has heard it removes itself; who could not be told is told again the next time.</summary>
    public async Task TellLostAsync(GatewayId gateway, CancellationToken cancellationToken)
    {
        if (!_followers.TryGetValue(gateway, out var followers))
            return;
        if (followers.IsEmpty)
        {
            _followers.TryRemove(gateway, out _);
            return;
        }

        LogLost(gateway, followers.Count);
        var limits = new ParallelOptions { MaxDegreeOfParallelism = MaxCalls, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(followers, limits, async (follower, _) =>
        {
            try
            {
                await follower.Value(gateway);
            }
            catch (Exception exception)
            {
                LogUntold(follower.Key, gateway, exception.Message);
            }
        });
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Gateway {Gateway} has been silent for too long; {Followers} grains are told that it is gone.")]
    private partial void LogLost(GatewayId gateway, int followers);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Grain} could not be told that gateway {Gateway} is gone; it will be told again: {Reason}")]
    private partial void LogUntold(GrainId grain, GatewayId gateway, string reason);
}
