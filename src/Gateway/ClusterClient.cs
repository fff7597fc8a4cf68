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

/// <summary>Configures a stand-alone gateway process as a client of the cluster, which it discovers through Redis.</summary>
internal static class ClusterClient
{
    // A call to a silo that has crashed hangs for this long before it is retried, so this bounds the delay that a user notices.
    private static readonly TimeSpan ResponseTimeout = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan GatewayListRefreshPeriod = TimeSpan.FromSeconds(1);

    public static WebApplicationBuilder AddClusterClient(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddKnownOptions<RedisOptions>(OptionSections.Redis);
        services.AddKnownOptions<ClusterNames>(OptionSections.Clustering);
        string[] sharedSections =
            [OptionSections.Clustering, OptionSections.Limits, OptionSections.Realtime, OptionSections.Sessions];
        foreach (var section in sharedSections)
            services.ShareSection(section);

        var redis = RedisClustering.GetConnectionString(builder.Configuration);
        var names = builder.Configuration.GetSection(OptionSections.Path(OptionSections.Clustering)).Get<ClusterNames>()
            ?? new ClusterNames();
        services.AddSingleton<RetryInstruments>();
        builder.UseOrleansClient(client => client
            .UseRedisClustering(clustering => clustering.ConfigurationOptions = RedisClustering.ParseOptions(redis))
            .Configure<ClusterOptions>(cluster => (cluster.ServiceId, cluster.ClusterId) = (names.ServiceId, names.ClusterId))
            .Configure<ClientMessagingOptions>(messaging => messaging.ResponseTimeout = ResponseTimeout)
            .Configure<GatewayOptions>(gateways => gateways.GatewayListRefreshPeriod = GatewayListRefreshPeriod)
            // The outermost filter, so that the filters inside it see each attempt as a separate call.
            .AddOutgoingGrainCallFilter<GrainCallRetries>()
            .AddActivityPropagation()
            .AddDashboardIf(builder.Configuration.HasDashboard())
            .UseConnectionRetryFilter<ClusterConnectionRetry>());
        services.AddKnownOptions<StartOptions>(OptionSections.Clustering);
        services.AddHostedService(
            provider => ActivatorUtilities.CreateInstance<RedisStartupGate>(provider, RedisClustering.ParseOptions(redis)));

        services.AddSingleton<IConnectionMultiplexer>(_ => ConnectionMultiplexer.Connect(RedisConnection.ForSessions(redis)));
        services.AddRedisSessions();
        services.AddSingleton<IHealthProbe, RedisProbe>();
        return builder;
    }
}
