using JubileeVerse.Operations;
using JubileeVerse.ServiceDefaults.Configuration;
using Microsoft.Extensions.Configuration;
using StackExchange.Redis;

namespace JubileeVerse.ServiceDefaults;

/// <summary>The Redis connection through which silos and gateways find their cluster.</summary>
public static class RedisClustering
{
    public static readonly string Setting = $"{OptionSections.Path(OptionSections.Redis)}:{nameof(RedisOptions.ConnectionString)}";

    /// <summary>Throws <see cref="MissingSettingException"/>, because no process of a cluster starts without Redis.</summary>
    public static string GetConnectionString(IConfiguration configuration) => configuration[Setting] is { Length: > 0 } text
        ? text
        : throw new MissingSettingException(Setting, "the cluster's membership is in Redis.");

    /// <summary>Orleans keeps its own connection, with its own timeouts. It connects in the background.</summary>
    public static ConfigurationOptions ParseOptions(string connectionString)
    {
        var options = ConfigurationOptions.Parse(connectionString);
        options.AbortOnConnectFail = false;
        return options;
    }
}
