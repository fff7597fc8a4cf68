using JubileeVerse.Errors;
using StackExchange.Redis;

namespace JubileeVerse.Gateway.Storage;

/// <summary>
/// A circuit breaker for Redis commands. While Redis is unavailable, one command per second probes whether it has recovered; all others
/// fail immediately, so that requests do not pile up behind an unresponsive server.
/// </summary>
internal sealed partial class RedisCircuitBreaker(IConnectionMultiplexer redis, TimeProvider time, ILogger<RedisCircuitBreaker> logger)
{
    /// <summary>The delay between two probes of an unavailable server.</summary>
    public static readonly TimeSpan ProbeInterval = TimeSpan.FromSeconds(1);

    private const long Available = 0;

    /// <summary>When the next command may probe, in UTC ticks; <see cref="Available"/> while Redis responds.</summary>
    private long _nextProbeTicks = Available;

    /// <summary>Throws <c>Unavailable</c> when Redis does not respond.</summary>
    public async Task<T> ExecuteAsync<T>(Func<IDatabase, Task<T>> command)
    {
        if (!MayExecute())
            throw Unavailable();

        try
        {
            var result = await command(redis.GetDatabase()).WaitAsync(RedisConnection.CommandTimeout, time);
            if (Interlocked.Exchange(ref _nextProbeTicks, Available) != Available)
                LogRecovered();
            return result;
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            if (Interlocked.Exchange(ref _nextProbeTicks, TicksAfter(ProbeInterval)) == Available)
                LogUnavailable(exception.Message);
            throw Unavailable();
        }
    }

    /// <summary>The Redis client's message is only logged, because it may contain server names.</summary>
    private static JubileeException Unavailable() => new(ErrorCode.Unavailable, "The session store is unavailable; try again.");

    private bool MayExecute()
    {
        var nextProbe = Volatile.Read(ref _nextProbeTicks);
        if (nextProbe == Available)
            return true;

        // The caller that moves the time forward is the one that probes.
        return nextProbe <= time.GetUtcNow().UtcTicks
            && Interlocked.CompareExchange(
                ref _nextProbeTicks, TicksAfter(ProbeInterval + RedisConnection.CommandTimeout), nextProbe) == nextProbe;
    }

    private long TicksAfter(TimeSpan delay) => (time.GetUtcNow() + delay).UtcTicks;

    // Logged once per outage.
    [LoggerMessage(Level = LogLevel.Warning, Message = "Redis is unavailable; commands fail until it responds again: {Reason}")]
    private partial void LogUnavailable(string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Redis is available again.")]
    private partial void LogRecovered();
}
