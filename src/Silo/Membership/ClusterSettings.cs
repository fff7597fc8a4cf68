using System.Net;
using Orleans.Configuration;

namespace JubileeVerse.Silo.Membership;

/// <summary>What a silo tells Orleans of the cluster. The numbers are measured; the defaults took a minute to give up on a silo that hangs.</summary>
internal static class ClusterSettings
{
    private const int SheddingPercent = 85;

    public static ISiloBuilder UseClusterSettings(this ISiloBuilder silo, ClusteringOptions clustering)
    {
        silo.Configure<SiloOptions>(options => options.SiloName = $"{Environment.MachineName}:{clustering.SiloPort}");
        silo.Configure<ClusterOptions>(options => (options.ServiceId, options.ClusterId) = (clustering.ServiceId, clustering.ClusterId));
        silo.Configure<EndpointOptions>(options => Apply(clustering, options));
        silo.Configure<ClusterMembershipOptions>(Apply);
        // A gateway that was killed is forgotten, and what waits to be told to it with it.
        silo.Configure<SiloMessagingOptions>(options => options.ClientDropTimeout = TimeSpan.FromSeconds(30));
        silo.Configure<LoadSheddingOptions>(options =>
        {
            options.LoadSheddingEnabled = clustering.LoadShedding;
            options.CpuThreshold = SheddingPercent;
            options.MemoryThreshold = SheddingPercent;
        });
        if (clustering.DistributedDirectory)
        {
#pragma warning disable ORLEANSEXP003 // Experimental, but with the other one the loss of a silo also costs activations on healthy ones.
            silo.AddDistributedGrainDirectory();
#pragma warning restore ORLEANSEXP003
            silo.Configure<GrainDirectoryOptions>(options => options.RangeLeaseDuration = clustering.DirectoryLease);
        }

        return silo;
    }

    internal static void Apply(ClusterMembershipOptions membership)
    {
        membership.ProbeTimeout = TimeSpan.FromSeconds(2);
        // A silo that has said anything within three of these is not voted out: so this, and not the probes, says how soon one that hangs is.
        membership.MaxProbeTimeout = TimeSpan.FromSeconds(3);
        membership.NumMissedProbesLimit = 3;
        membership.NumVotesForDeathDeclaration = 2;
        membership.TableRefreshTimeout = TimeSpan.FromSeconds(30);
        // A row counts as stale after three of these. Whoever joins must reach every silo whose row is fresh: with the default of 30 s
        // a cluster whose silos were all killed could not be joined for a minute and a half.
        membership.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(5);
    }

    /// <summary>Takes what is there: an address that is none is refused by its validator, with everything else that is wrong.</summary>
    private static void Apply(ClusteringOptions clustering, EndpointOptions endpoints)
    {
        endpoints.AdvertisedIPAddress = IPAddress.TryParse(clustering.AdvertisedAddress, out var address) ? address : IPAddress.Loopback;
        endpoints.SiloPort = clustering.SiloPort;
        endpoints.GatewayPort = clustering.GatewayPort;
        endpoints.SiloListeningEndpoint = new IPEndPoint(IPAddress.Any, clustering.SiloPort);
        endpoints.GatewayListeningEndpoint = new IPEndPoint(IPAddress.Any, clustering.GatewayPort);
    }
}
