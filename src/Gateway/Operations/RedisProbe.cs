using JubileeVerse.ServiceDefaults.Health;
using StackExchange.Redis;

namespace JubileeVerse.Gateway.Operations;

/// <summary>
/// Checks Redis, which stores the membership and the data protection keys. It is not vital, because running work survives a short outage.
/// </summary>
internal sealed class RedisProbe(IConnectionMultiplexer redis) : IHealthProbe
{
    public string Name => "redis";

    public bool IsVital => false;

    public Task CheckAsync(CancellationToken cancellationToken) => redis.GetDatabase().PingAsync().WaitAsync(cancellationToken);
}
