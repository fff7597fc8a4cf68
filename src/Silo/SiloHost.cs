using System.Net;
using System.Net.Sockets;
using JubileeVerse.Accounts;
using JubileeVerse.Conversations;
using JubileeVerse.Limits;
using JubileeVerse.Operations;
using JubileeVerse.Personas;
using JubileeVerse.Queues;
using JubileeVerse.Realtime;
using JubileeVerse.Replies;
using JubileeVerse.Replies.Providers;
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
using StackExchange.Redis;

namespace JubileeVerse.Silo;

/// <summary>Everything that makes a host a silo.</summary>
public static class SiloHost
{
    private const string ServiceName = "jubileeverse-silo";

    /// <summary>A silo that is a cluster of its own: nothing else needs to run, and nobody can join.</summary>
    public static WebApplicationBuilder AddStandaloneSilo(this WebApplicationBuilder builder)
    {
        builder.AddServiceDefaults(ServiceName);
        builder.Configuration.AddNoManagementByDefault();
        builder.Services.AddSlices(builder.Configuration).AddKnownSections();
        builder.UseOrleans(silo =>
        {
            // A free port, so that several can run on one machine; no gateway port, because the only client is in this process.
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

    /// <summary>A silo of a cluster that meets in Redis.</summary>
    public static WebApplicationBuilder AddClusterSilo(this WebApplicationBuilder builder)
    {
        builder.AddServiceDefaults(ServiceName);
        builder.AddManagement();
        builder.Services.AddSlices(builder.Configuration).AddKnownSections();
        builder.Services.AddSiloHealth();
        builder.Services.AddKnownOptions<ClusteringOptions>(OptionSections.Clustering).ValidateDataAnnotations();
        builder.Services.AddKnownOptions<StartOptions>(OptionSections.Clustering).ValidateDataAnnotations();
        builder.Services.AddSingleton<IValidateOptions<ClusteringOptions>, ClusteringOptionsValidator>();
        builder.Services.AddSingleton<IValidateOptions<StorageOptions>, ClusterStoreRule>();
        builder.Services.AddKnownOptions<RedisOptions>(OptionSections.Redis);
        var clustering = builder.Configuration.GetSection(OptionSections.Path(OptionSections.Clustering)).Get<ClusteringOptions>() ?? new();
        var redis = RedisOf(builder.Configuration);
        builder.Services.AddHostedService(services => ActivatorUtilities.CreateInstance<RedisWait>(services, redis));
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

    /// <summary>What the grains need, in whatever host they live.</summary>
    internal static IServiceCollection AddSlices(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddHostedService<StoreMigration>();
        services.AddSingleton<IDrainStep, JobDrain>();
        services.AddSingleton<IConfigureOptions<HostOptions>, StopBudget>();
        services.AddStorage(configuration);
        services.AddAccounts(configuration);
        services.AddPersonas();
        services.AddConversations();
        services.AddReplies(configuration);
        services.AddQueues();
        services.AddOperations();
        services.AddRealtime();
        return services;
    }

    /// <summary>What every silo has, however it finds the others.</summary>
    internal static ISiloBuilder AddGrains(this ISiloBuilder silo)
    {
        silo.AddActivityPropagation();
        silo.UseSystemTextJsonGrainStorageSerializer();
        silo.AddRelationalGrainStorage();
        silo.Configure<SiloMessagingOptions>(messaging =>
        {
            messaging.ResponseTimeout = TimeSpan.FromSeconds(15);
            // One that is larger breaks its connection, with all that is under way on it. A page, a history and a batch have 3 MB at most; the
            // grants of a poll have 64 KB each.
            messaging.MaxMessageBodySize = 16 * 1024 * 1024;
            messaging.MaxEnqueuedRequestsHardLimit = 10_000;
        });
        return silo;
    }

    /// <summary>Its place in a cluster. To be added after Orleans, so that the watchdog begins when the silo is active and ends before it leaves.</summary>
    private static void AddMembership(IServiceCollection services)
    {
        services.AddSingleton<OwnRow>();
        services.AddHostedService<MembershipWatchdog>();
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, LeavingLimit>();
    }

    /// <summary>The keys that grains read, so that any other is refused at start; gateways read more of some sections.</summary>
    private static void AddKnownSections(this IServiceCollection services)
    {
        services.AddSingleton(new KnownOptions(OptionSections.Storage, typeof(StorageOptions)));
        services.AddSingleton(new KnownOptions(OptionSections.Limits, typeof(LimitsOptions)));
        services.AddSingleton(new KnownOptions(OptionSections.Admin, typeof(AdminOptions)));
        services.AddSingleton(new KnownOptions(OptionSections.Ai, typeof(AiOptions)));
        services.AddSingleton(new KnownOptions(OptionSections.Queues, typeof(QueuesOptions)));
        services.AddSingleton(new KnownOptions(OptionSections.Realtime, typeof(RealtimeOptions)));
    }

    private static ConfigurationOptions RedisOf(IConfiguration configuration)
    {
        var key = $"{OptionSections.Path(OptionSections.Redis)}:{nameof(RedisOptions.ConnectionString)}";
        if (configuration[key] is not { Length: > 0 } text)
            throw new MissingSettingException(key, "silos find each other in Redis.");

        var options = ConfigurationOptions.Parse(text);
        options.AbortOnConnectFail = false;
        return options;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
