using System.ComponentModel.DataAnnotations;
using System.Net;

namespace JubileeVerse.Silo;

/// <summary>The section <c>JubileeVerse:Clustering</c>: how a silo is found by others, and what it does when it is not.</summary>
public sealed class ClusteringOptions
{
    public const string DefaultServiceId = "jubileeverse";
    public const string StandaloneClusterId = "standalone";

    /// <summary>Names the service over all its clusters and versions: grain state is kept under it, so never change it. Default <c>jubileeverse</c>.</summary>
    [Required]
    public string ServiceId { get; set; } = DefaultServiceId;

    /// <summary>Names the cluster: silos with the same one find each other. Default <c>jubileeverse</c>.</summary>
    [Required]
    public string ClusterId { get; set; } = DefaultServiceId;

    /// <summary>The IP address that others reach this silo at; a pod's own. Default: loopback.</summary>
    [Required]
    public string AdvertisedAddress { get; set; } = IPAddress.Loopback.ToString();

    /// <summary>Port between silos. 1 to 65,535; default 11111.</summary>
    [Range(1, 65_535)]
    public int SiloPort { get; set; } = 11_111;

    /// <summary>Port for gateways, another one. 1 to 65,535; default 30000.</summary>
    [Range(1, 65_535)]
    public int GatewayPort { get; set; } = 30_000;

    /// <summary>
    /// Keep the directory of grains so that the loss of one silo costs no activation on another. All silos of a cluster or none. Default true.
    /// </summary>
    public bool DistributedDirectory { get; set; } = true;

    /// <summary>
    /// How long the grains of a silo that died are held back from starting elsewhere, in case it lives. 0 to 5 min; default 10 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan DirectoryLease { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// A silo whose row is missing from the membership for this long ends: nobody who joins can see it. 5 s to 1 h; default 60 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:05", "01:00:00")]
    public TimeSpan RowMissingLimit { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Turn gateways' calls away while processor or memory use is above 85 %. Default false: a cluster that is busy answers late,
    /// and has limits of its own for what it takes on.
    /// </summary>
    public bool LoadShedding { get; set; }
}
