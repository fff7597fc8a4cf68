namespace JubileeVerse.ServiceDefaults;

/// <summary>The Redis connection of gateways and silos in a cluster. <c>Standalone</c> does not need Redis.</summary>
public sealed class RedisOptions
{
    /// <summary>
    /// A StackExchange.Redis connection string, such as <c>redis:6379,password=…</c>. Secret, so it is never logged. Required in a cluster.
    /// </summary>
    public string? ConnectionString { get; set; }
}
