using JubileeVerse.Errors;
using StackExchange.Redis;

namespace JubileeVerse.Gateway.Storage;

/// <summary>
/// The way to Redis. While it is away one command a second finds out whether it is back; all others fail at once, so that
/// requests do not pile up behind a server that hangs.
/// </summary>
internal sealed partial class RedisGate(IConnectionMultiplexer redis, TimeProvider time, ILogger<RedisGate> logger)
{
    /// <summary>Between two looks at a server that is away.</summary>
    public static readonly TimeSpan LookPeriod = TimeSpan.FromSeconds(1);

    private const long Open = 0;

    /// <summary>When the next command may look; <see cref="Open"/> while all is well.</summary>
    private long _nextLookTicks = Open;

    /// <summary>Throws <c>Unavailable</c> when there is no answer.</summary>
    public async Task<T> AskAsync<T>(Func<IDatabase, Task<T>> ask)
    {
        if (!MayAsk())
            throw OutOfReach();

        try
        {
            var answer = await ask(redis.GetDatabase()).WaitAsync(RedisConnection.CommandLimit, time);
            if (Interlocked.Exchange(ref _nextLookTicks, Open) != Open)
                LogBack();
            return answer;
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            if (Interlocked.Exchange(ref _nextLookTicks, AfterTicks(LookPeriod)) == Open)
                LogAway(exception.Message);
            throw OutOfReach();
        }
    }

    /// <summary>What the client says may name servers, so it is for the log.</summary>
    private static JubileeException OutOfReach() => new(ErrorCode.Unavailable, "Sessions are out of reach; try again.");

    private bool MayAsk()
    {
        var nextLook = Volatile.Read(ref _nextLookTicks);
        if (nextLook == Open)
            return true;

        // Whoever moves the time on is the one who looks.
        return nextLook <= time.GetUtcNow().UtcTicks
            && Interlocked.CompareExchange(ref _nextLookTicks, AfterTicks(LookPeriod + RedisConnection.CommandLimit), nextLook) == nextLook;
    }

    private long AfterTicks(TimeSpan wait) => (time.GetUtcNow() + wait).UtcTicks;

    // Once an outage.
    [LoggerMessage(Level = LogLevel.Warning, Message = "Redis does not answer: {Reason}")]
    private partial void LogAway(string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Redis answers again.")]
    private partial void LogBack();
}
