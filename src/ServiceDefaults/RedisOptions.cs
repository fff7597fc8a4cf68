namespace JubileeVerse.ServiceDefaults;

/// <summary>Where Redis is. Used by gateways and silos of a cluster; <c>Standalone</c> needs none.</summary>
public sealed class RedisOptions
{
    /// <summary>StackExchange.Redis form, such as <c>redis:6379,password=…</c>. A secret: never logged. Required in a cluster.</summary>
    public string? ConnectionString { get; set; }
}
