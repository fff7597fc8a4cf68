using StackExchange.Redis;

namespace JubileeVerse.Gateway.Storage;

/// <summary>How a gateway is connected to Redis.</summary>
internal static class RedisConnection
{
    /// <summary>A person waits for what is asked here.</summary>
    public static readonly TimeSpan CommandLimit = TimeSpan.FromSeconds(1.5);

    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ReconnectPeriod = TimeSpan.FromSeconds(1);

    /// <summary>Commands fail at once while there is no connection, where the client's own way is to let them wait in line.</summary>
    public static ConfigurationOptions ForSessions(string connectionString)
    {
        var options = ConfigurationOptions.Parse(connectionString);
        options.AbortOnConnectFail = false;
        options.BacklogPolicy = BacklogPolicy.FailFast;
        options.AsyncTimeout = (int)CommandLimit.TotalMilliseconds;
        options.SyncTimeout = (int)CommandLimit.TotalMilliseconds;
        options.ConnectTimeout = (int)ConnectLimit.TotalMilliseconds;
        options.ReconnectRetryPolicy = new LinearRetry((int)ReconnectPeriod.TotalMilliseconds);
        return options;
    }

    /// <summary>Orleans has a connection and a patience of its own.</summary>
    public static ConfigurationOptions ForClustering(string connectionString)
    {
        var options = ConfigurationOptions.Parse(connectionString);
        options.AbortOnConnectFail = false;
        return options;
    }
}
