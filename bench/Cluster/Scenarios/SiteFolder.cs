using System.Globalization;
using JubileeVerse.Testing.Processes;

namespace JubileeVerse.Bench.Cluster.Scenarios;

/// <summary>Reads files from the folder of a cluster; the header of the script describes them.</summary>
internal static class SiteFolder
{
    private const string ClusterIdKey = "cluster_id=";

    public static string ClusterId(ClusterSite site) => File.ReadLines(Path.Combine(site.Directory, "settings"))
        .Single(line => line.StartsWith(ClusterIdKey, StringComparison.Ordinal))[ClusterIdKey.Length..];

    /// <summary>The port for other silos, which is the second of three ports: management, silos, gateways.</summary>
    public static int SiloPort(ClusterSite site, ClusterMember silo) => int.Parse(
        File.ReadAllText(Path.Combine(site.Directory, "members", $"silo-{silo.Number}.ports")).Split(' ')[1], CultureInfo.InvariantCulture);
}
