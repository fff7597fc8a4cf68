using System.Net;
using System.Net.Sockets;
using JubileeVerse.Accounts;
using JubileeVerse.Conversations;
using JubileeVerse.Operations;
using JubileeVerse.Personas;
using JubileeVerse.Queues;
using JubileeVerse.Realtime;
using JubileeVerse.Replies;
using JubileeVerse.ServiceDefaults;
using JubileeVerse.ServiceDefaults.Configuration;
using JubileeVerse.ServiceDefaults.Drain;
using JubileeVerse.ServiceDefaults.Management;
using JubileeVerse.ServiceDefaults.Starting;
using JubileeVerse.Silo.Health;
using JubileeVerse.Silo.Membership;
using JubileeVerse.Storage;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace JubileeVerse.Silo;

/// <summary>Adds a silo to a host.</summary>
public static class SiloHost
{
    private const string ServiceName = "jubileeverse-silo";

    /// <summary>Adds a silo that forms a cluster alone. It needs no other process, and no silo can join.</summary>
    public static WebApplicationBuilder AddStandaloneSilo(this WebApplicationBuilder builder)
    {
        builder.AddServiceDefaults(ServiceName);
        builder.Configuration.DisableManagementByDefault();
        builder.Services.AddSlices();
        builder.UseOrleans(silo =>
        {
            // A free port allows several instances on one machine. There is no gateway port, because the only client is in this process.
            var endpoint = new IPEndPoint(IPAddress.Loopback, FreePort());
            silo.UseDevelopmentClustering(endpoint);
            silo.Configure<EndpointOptions>(endpoints =>
            {
                endpoints.AdvertisedIPAddress = endpoint.Address;
                endpoints.SiloPort = endpoint.Port;
                endpoints.GatewayPort = 0;
            });
            silo.Configure<ClusterOptions>(cluster =>
            {
                cluster.ClusterId = ClusteringOptions.StandaloneClusterId;
                cluster.ServiceId = ClusteringOptions.DefaultServiceId;
            });
            silo.AddGrains();
            silo.AddDashboardIf(builder.Configuration.HasDashboard());
        });
        return builder;
    }

    /// <summary>Adds a silo of a cluster with its membership in Redis.</summary>
    public static WebApplicationBuilder AddClusterSilo(this WebApplicationBuilder builder)
    {
        builder.AddServiceDefaults(ServiceName);
        builder.AddManagement();
        builder.Services.AddSlices();
        builder.Services.AddSiloHealth();
        builder.Services.AddKnownOptions<ClusteringOptions>(OptionSections.Clustering);
        builder.Services.AddKnownOptions<StartOptions>(OptionSections.Clustering);
        builder.Services.AddSingleton<IValidateOptions<ClusteringOptions>, ClusteringOptionsValidator>();
        builder.Services.AddSingleton<IValidateOptions<StorageOptions>, ClusterStorageValidator>();
        builder.Services.AddKnownOptions<RedisOptions>(OptionSections.Redis);
        var clustering = builder.Configuration.GetSection(OptionSections.Path(OptionSections.Clustering)).Get<ClusteringOptions>() ?? new();
        var redis = RedisClustering.ParseOptions(RedisClustering.GetConnectionString(builder.Configuration));
        builder.Services.AddHostedService(services => ActivatorUtilities.CreateInstance<RedisStartupGate>(services, redis));
        foreach (var section in new[] { OptionSections.Limits, OptionSections.Realtime })
            builder.Services.ShareSection(section);
        builder.UseOrleans(silo =>
        {
            silo.UseRedisClustering(options => options.ConfigurationOptions = redis);
            silo.UseClusterSettings(clustering);
            silo.AddGrains();
            silo.AddDashboardIf(builder.Configuration.HasDashboard());
        });
        AddMembership(builder.Services);
        return builder;
    }

    /// <summary>Adds the services that grains need in any host.</summary>
    internal static IServiceCollection AddSlices(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddRandom();
        services.AddHostedService<StoreMigration>();
        services.AddSingleton<IDrainStep, JobDrainStep>();
        services.AddSingleton<IConfigureOptions<HostOptions>, ConfigureShutdownTimeout>();
        services.AddStorage();
        services.AddAccounts();
        services.AddPersonas();
        services.AddConversations();
        services.AddReplies();
        services.AddQueues();
        services.AddOperations();
        services.AddRealtime();
        return services;
    }

    /// <summary>Adds the settings of every silo, independent of its clustering.</summary>
    internal static ISiloBuilder AddGrains(this ISiloBuilder silo)
    {
        silo.AddActivityPropagation();
        silo.UseSystemTextJsonGrainStorageSerializer();
        silo.AddRelationalGrainStorage();
        silo.Configure<SiloMessagingOptions>(messaging =>
        {
            messaging.ResponseTimeout = TimeSpan.FromSeconds(15);
            // A larger message breaks its connection, with all messages in flight on it. A page, a history and a batch have at most 3 MB;
            // the grants of a poll have up to 64 KB each.
            messaging.MaxMessageBodySize = 16 * 1024 * 1024;
            messaging.MaxEnqueuedRequestsHardLimit = 10_000;
        });
        return silo;
    }

    /// <summary>
    /// Adds the membership services. They must be added after Orleans, so that the watchdog starts after the silo is active and stops
    /// before it leaves.
    /// </summary>
    private static void AddMembership(IServiceCollection services)
    {
        services.AddSingleton<MembershipRow>();
        services.AddHostedService<MembershipWatchdog>();
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, MembershipLeaveTimeout>();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
