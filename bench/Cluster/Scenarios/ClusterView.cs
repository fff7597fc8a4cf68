using JubileeVerse.Queues;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using StackExchange.Redis;

namespace JubileeVerse.Bench.Cluster.Scenarios;

/// <summary>An Orleans client of the cluster, in addition to the gateways.</summary>
internal sealed class ClusterView : IAsyncDisposable
{
    private readonly IHost _host;

    private ClusterView(IHost host) => _host = host;

    private IGrainFactory Grains => _host.Services.GetRequiredService<IGrainFactory>();

    public static async Task<ClusterView> ConnectAsync(
        string redis, string serviceId, string clusterId, CancellationToken cancellationToken)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.UseOrleansClient(client => client
            .UseRedisClustering(clustering => clustering.ConfigurationOptions = ConfigurationOptions.Parse(redis))
            .Configure<ClusterOptions>(cluster => (cluster.ServiceId, cluster.ClusterId) = (serviceId, clusterId))
            .Configure<GatewayOptions>(gateways => gateways.GatewayListRefreshPeriod = TimeSpan.FromSeconds(1)));
        var host = builder.Build();
        await host.StartAsync(cancellationToken);
        return new ClusterView(host);
    }

    /// <summary>The silo port of the silo that has the queue's activation; null if there is none.</summary>
    public async Task<int?> QueuePortAsync(string queue)
    {
        var address = await Grains.GetGrain<IManagementGrain>(0).GetActivationAddress(Grains.GetGrain<IQueueGrain>(queue));
        return address?.Endpoint.Port;
    }

    /// <summary>Sets the slots of the queue of replies; its other limits stay unchanged.</summary>
    public async Task SetSlotsAsync(int perSilo)
    {
        var limits = (await Grains.GetGrain<IQueueGrain>(QueueNames.AiResponse).GetAsync(CancellationToken.None)).Limits;
        await Grains.GetGrain<IQueueAdminGrain>(QueueNames.AiResponse)
            .SetLimitsAsync(limits with { ConcurrencyPerSilo = perSilo }, CancellationToken.None);
    }

    /// <summary>Number of activations of a grain type by silo port.</summary>
    public async Task<IReadOnlyDictionary<int, int>> ActivationsAsync(string grainType)
    {
        var statistics = await Grains.GetGrain<IManagementGrain>(0).GetDetailedGrainStatistics();
        return statistics
            .Where(statistic => statistic.GrainId.Type.ToString() == grainType)
            .GroupBy(statistic => statistic.SiloAddress.Endpoint.Port)
            .ToDictionary(group => group.Key, group => group.Count());
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
