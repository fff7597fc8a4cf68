using JubileeVerse.Gateway.Accounts;
using JubileeVerse.Gateway.Operations;
using JubileeVerse.Gateway.Retries;
using JubileeVerse.Gateway.Storage;
using JubileeVerse.Operations;
using JubileeVerse.ServiceDefaults;
using JubileeVerse.ServiceDefaults.Configuration;
using JubileeVerse.ServiceDefaults.Health;
using JubileeVerse.ServiceDefaults.Management;
using JubileeVerse.ServiceDefaults.Starting;
using Orleans.Configuration;
using StackExchange.Redis;

namespace JubileeVerse.Gateway;

/// <summary>A gateway in a process of its own: a client of the cluster, which it finds by Redis.</summary>
internal static class ClusterClient
{
    // A call to a silo that has died hangs for this long, and is tried again: a person should not notice more than that.
    private static readonly TimeSpan ResponseTimeout = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan GatewayListRefreshPeriod = TimeSpan.FromSeconds(1);

    public static WebApplicationBuilder AddClusterClient(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddKnownOptions<RedisOptions>(OptionSections.Redis);
        services.AddKnownOptions<ClusterNames>(OptionSections.Clustering);
        foreach (var section in new[] { OptionSections.Clustering, OptionSections.Limits, OptionSections.Realtime, OptionSections.Sessions })
            services.ShareSection(section);

        var redis = RedisOf(builder.Configuration);
        var names = builder.Configuration.GetSection(OptionSections.Path(OptionSections.Clustering)).Get<ClusterNames>() ?? new ClusterNames();
        services.AddSingleton<RetryInstruments>();
        builder.UseOrleansClient(client => client
            .UseRedisClustering(clustering => clustering.ConfigurationOptions = RedisConnection.ForClustering(redis))
            .Configure<ClusterOptions>(cluster => (cluster.ServiceId, cluster.ClusterId) = (names.ServiceId, names.ClusterId))
            .Configure<ClientMessagingOptions>(messaging => messaging.ResponseTimeout = ResponseTimeout)
            .Configure<GatewayOptions>(gateways => gateways.GatewayListRefreshPeriod = GatewayListRefreshPeriod)
            // Outermost, so that each try is a call of its own for all others.
            .AddOutgoingGrainCallFilter<GrainCallRetries>()
            .AddActivityPropagation()
            .AddDashboardIf(builder.Configuration.HasDashboard())
            .UseConnectionRetryFilter<ClusterWait>());
        services.AddKnownOptions<StartOptions>(OptionSections.Clustering).ValidateDataAnnotations();
        services.AddHostedService(provider => ActivatorUtilities.CreateInstance<RedisWait>(provider, RedisConnection.ForClustering(redis)));

        services.AddSingleton<IConnectionMultiplexer>(_ => ConnectionMultiplexer.Connect(RedisConnection.ForSessions(redis)));
        services.AddRedisSessions();
        services.AddSingleton<IHealthProbe, RedisProbe>();
        return builder;
    }

    private static string RedisOf(IConfiguration configuration)
    {
        var key = OptionSections.Path(OptionSections.Redis) + ":" + nameof(RedisOptions.ConnectionString);
        return configuration[key] is { Length: > 0 } text
            ? text
            : throw new MissingSettingException(key, "a gateway finds its cluster in Redis.");
    }
}
