using JubileeVerse.ServiceDefaults.Health;
using StackExchange.Redis;

namespace JubileeVerse.Gateway.Operations;

/// <summary>Redis, which holds the membership and the keys. A short loss of it costs nothing that is running.</summary>
internal sealed class RedisProbe(IConnectionMultiplexer redis) : IHealthProbe
{
    public string Name => "redis";

    public bool IsVital => false;

    public Task CheckAsync(CancellationToken cancellationToken) => redis.GetDatabase().PingAsync().WaitAsync(cancellationToken);
}
