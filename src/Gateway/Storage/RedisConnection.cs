using StackExchange.Redis;

namespace JubileeVerse.Gateway.Storage;

/// <summary>The gateway's Redis connection settings.</summary>
internal static class RedisConnection
{
    /// <summary>Short, because a user's request waits for each command.</summary>
    public static readonly TimeSpan CommandTimeout = TimeSpan.FromSeconds(1.5);

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ReconnectPeriod = TimeSpan.FromSeconds(1);

    /// <summary>Commands fail immediately while there is no connection, whereas the Redis client queues them by default.</summary>
    public static ConfigurationOptions ForSessions(string connectionString)
    {
        var options = ConfigurationOptions.Parse(connectionString);
        options.AbortOnConnectFail = false;
        options.BacklogPolicy = BacklogPolicy.FailFast;
        options.AsyncTimeout = (int)CommandTimeout.TotalMilliseconds;
        options.SyncTimeout = (int)CommandTimeout.TotalMilliseconds;
        options.ConnectTimeout = (int)ConnectTimeout.TotalMilliseconds;
        options.ReconnectRetryPolicy = new LinearRetry((int)ReconnectPeriod.TotalMilliseconds);
        return options;
    }
}
