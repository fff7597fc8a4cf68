using System.Globalization;

namespace JubileeVerse.Bench.Cluster;

/// <summary>The command-line arguments.</summary>
/// <param name="Scenario"><c>all</c>, or the name of one scenario or table.</param>
/// <param name="People">Number of concurrent users.</param>
/// <param name="OutputFile">File for the report; null writes it only to the console.</param>
/// <param name="LogFolder">Folder to copy the logs of the processes to; null copies none.</param>
internal sealed record ClusterArguments(string Scenario, int People, string? OutputFile, string? LogFolder)
{
    public const string All = "all";
    public const string Usage = "bench cluster [--scenario all|NAME] [--people N] [--out FILE] [--logs DIR]";

    private static readonly string[] Known = ["--scenario", "--people", "--out", "--logs"];

    /// <summary>Time limit of the whole run, so that a hanging benchmark ends.</summary>
    public static TimeSpan TimeLimit => TimeSpan.FromMinutes(25);

    public bool Wants(string name) => Scenario == All || Scenario == name;

    /// <summary>Null if the arguments are invalid.</summary>
    public static ClusterArguments? Parse(IReadOnlyList<string> args, IReadOnlyCollection<string> names)
    {
        if (args.Count % 2 == 0)
            return null;

        var options = new Dictionary<string, string>();
        for (var i = 1; i < args.Count; i += 2)
        {
            if (!Known.Contains(args[i]) || !options.TryAdd(args[i], args[i + 1]))
                return null;
        }

        var scenario = options.GetValueOrDefault("--scenario", All);
        return (scenario == All || names.Contains(scenario))
            && int.TryParse(options.GetValueOrDefault("--people", "30"), NumberStyles.None, CultureInfo.InvariantCulture, out var people)
            && people > 0
                ? new ClusterArguments(scenario, people, options.GetValueOrDefault("--out"), options.GetValueOrDefault("--logs"))
                : null;
    }
}
