using System.ComponentModel.DataAnnotations;
using System.Net;
using Orleans.Configuration;

namespace JubileeVerse.Silo;

/// <summary>The section <c>JubileeVerse:Clustering</c>: how a silo is found by others.</summary>
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

    /// <summary>The address that others reach this silo at; a pod's own. Default: loopback.</summary>
    public string AdvertisedAddress { get; set; } = IPAddress.Loopback.ToString();

    /// <summary>Port between silos. 1 to 65,535; default 11111.</summary>
    [Range(1, 65_535)]
    public int SiloPort { get; set; } = 11_111;

    /// <summary>Port for gateways. 1 to 65,535; default 30000.</summary>
    [Range(1, 65_535)]
    public int GatewayPort { get; set; } = 30_000;

    internal void Apply(EndpointOptions endpoints)
    {
        endpoints.AdvertisedIPAddress = IPAddress.Parse(AdvertisedAddress);
        endpoints.SiloPort = SiloPort;
        endpoints.GatewayPort = GatewayPort;
        endpoints.SiloListeningEndpoint = new IPEndPoint(IPAddress.Any, SiloPort);
        endpoints.GatewayListeningEndpoint = new IPEndPoint(IPAddress.Any, GatewayPort);
    }

    internal void Apply(ClusterOptions cluster)
    {
        cluster.ServiceId = ServiceId;
        cluster.ClusterId = ClusterId;
    }
}
