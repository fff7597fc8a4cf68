using JubileeVerse.Bench.Cluster.Model;

namespace JubileeVerse.Bench.Cluster;

/// <summary>The settings of every process of the cluster.</summary>
internal static class ClusterSettings
{
    public static Dictionary<string, string> For(TimedModel model) => new()
    {
        ["Limits:Enabled"] = "false",
        ["Ai:Providers:0:Type"] = "openai",
        ["Ai:Providers:0:Endpoint"] = model.Endpoint,
        ["Ai:Providers:0:Model"] = "timed",
        ["Queues:AiResponse:StartsPerSecond"] = "1000",
    };
}
