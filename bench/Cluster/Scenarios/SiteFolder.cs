using System.Globalization;
using JubileeVerse.Testing.Processes;

namespace JubileeVerse.Bench.Cluster.Scenarios;

/// <summary>What the script keeps in a cluster's folder, as its head describes it.</summary>
internal static class SiteFolder
{
    private const string ClusterIdKey = "cluster_id=";

    public static string ClusterId(ClusterSite site) => File.ReadLines(Path.Combine(site.Directory, "settings"))
        .Single(line => line.StartsWith(ClusterIdKey, StringComparison.Ordinal))[ClusterIdKey.Length..];

    /// <summary>The port between silos; the first of the three is the management's, the last is for gateways.</summary>
    public static int SiloPort(ClusterSite site, ClusterMember silo) => int.Parse(
        File.ReadAllText(Path.Combine(site.Directory, "members", $"silo-{silo.Number}.ports")).Split(' ')[1], CultureInfo.InvariantCulture);
}
