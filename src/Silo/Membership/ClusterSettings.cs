using System.Net;
using Orleans.Configuration;

namespace JubileeVerse.Silo.Membership;

/// <summary>
/// The Orleans cluster settings of a silo. The numbers are measured: with the defaults, it took a minute to declare a hanging silo dead.
/// </summary>
internal static class ClusterSettings
{
    private const int SheddingPercent = 85;

    public static ISiloBuilder UseClusterSettings(this ISiloBuilder silo, ClusteringOptions clustering)
    {
        silo.Configure<SiloOptions>(options => options.SiloName = $"{Environment.MachineName}:{clustering.SiloPort}");
        silo.Configure<ClusterOptions>(options => (options.ServiceId, options.ClusterId) = (clustering.ServiceId, clustering.ClusterId));
        silo.Configure<EndpointOptions>(options => Apply(clustering, options));
        silo.Configure<ClusterMembershipOptions>(Apply);
        // After this time a killed gateway and its pending messages are dropped.
        silo.Configure<SiloMessagingOptions>(options => options.ClientDropTimeout = TimeSpan.FromSeconds(30));
        silo.Configure<LoadSheddingOptions>(options =>
        {
            options.LoadSheddingEnabled = clustering.LoadShedding;
            options.CpuThreshold = SheddingPercent;
            options.MemoryThreshold = SheddingPercent;
        });
        if (clustering.DistributedDirectory)
        {
#pragma warning disable ORLEANSEXP003 // Experimental, but with the default directory a silo's loss also deactivates grains on healthy ones.
            silo.AddDistributedGrainDirectory();
#pragma warning restore ORLEANSEXP003
            silo.Configure<GrainDirectoryOptions>(options => options.RangeLeaseDuration = clustering.DirectoryLease);
        }

        return silo;
    }

    internal static void Apply(ClusterMembershipOptions membership)
    {
        membership.ProbeTimeout = TimeSpan.FromSeconds(2);
        // A silo that has sent anything within three of these intervals is not declared dead, so this value, and not the probes, determines
        // how soon a hanging silo is.
        membership.MaxProbeTimeout = TimeSpan.FromSeconds(3);
        membership.NumMissedProbesLimit = 3;
        membership.NumVotesForDeathDeclaration = 2;
        membership.TableRefreshTimeout = TimeSpan.FromSeconds(30);
        // A row is stale after three of these intervals. A joining silo must reach every silo with a fresh row, so with the default of 30 s
        // nobody could join for a minute and a half after all silos were killed.
        membership.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(5);
    }

    /// <summary>Ignores an invalid address, because the validator reports it together with all other faults of the configuration.</summary>
    private static void Apply(ClusteringOptions clustering, EndpointOptions endpoints)
    {
        endpoints.AdvertisedIPAddress = IPAddress.TryParse(clustering.AdvertisedAddress, out var address) ? address : IPAddress.Loopback;
        endpoints.SiloPort = clustering.SiloPort;
        endpoints.GatewayPort = clustering.GatewayPort;
        endpoints.SiloListeningEndpoint = new IPEndPoint(IPAddress.Any, clustering.SiloPort);
        endpoints.GatewayListeningEndpoint = new IPEndPoint(IPAddress.Any, clustering.GatewayPort);
    }
}
