using System.ComponentModel.DataAnnotations;
using System.Net;

namespace JubileeVerse.Silo;

/// <summary>
/// The section <c>JubileeVerse:Clustering</c>: the identity and addresses of a silo, and its behaviour when it is missing from the
/// membership.
/// </summary>
public sealed class ClusteringOptions
{
    public const string DefaultServiceId = "jubileeverse";
    public const string StandaloneClusterId = "standalone";

    /// <summary>
    /// Identifies the service over all of its clusters and versions. It is part of the key of stored grain state, so it must never change.
    /// Default <c>jubileeverse</c>.
    /// </summary>
    [Required]
    public string ServiceId { get; set; } = DefaultServiceId;

    /// <summary>Identifies the cluster. Silos with the same id form a cluster. Default <c>jubileeverse</c>.</summary>
    [Required]
    public string ClusterId { get; set; } = DefaultServiceId;

    /// <summary>The IP address at which other processes reach this silo; in a pod, the address of the pod. Default: loopback.</summary>
    [Required]
    public string AdvertisedAddress { get; set; } = IPAddress.Loopback.ToString();

    /// <summary>Port for other silos. 1 to 65,535; default 11111.</summary>
    [Range(1, 65_535)]
    public int SiloPort { get; set; } = 11_111;

    /// <summary>Port for gateways; must differ from <see cref="SiloPort"/>. 1 to 65,535; default 30000.</summary>
    [Range(1, 65_535)]
    public int GatewayPort { get; set; } = 30_000;

    /// <summary>
    /// Uses the distributed grain directory, so that the loss of one silo deactivates no grain on another. It must be the same on all silos
    /// of a cluster. Default true.
    /// </summary>
    public bool DistributedDirectory { get; set; } = true;

    /// <summary>
    /// How long grains of a dead silo are not activated elsewhere, in case the silo is still alive. 0 to 5 min; default 10 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan DirectoryLease { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// A silo stops if its row has been missing from the membership for this long, because joining silos cannot see it. 5 s to 1 h;
    /// default 60 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:05", "01:00:00")]
    public TimeSpan RowMissingLimit { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Rejects calls of gateways while CPU or memory usage is above 85 %. Default false, because a busy cluster responds late, and
    /// admission is limited by other means.
    /// </summary>
    public bool LoadShedding { get; set; }
}
