using System.Globalization;

namespace JubileeVerse.Bench.Queues;

/// <summary>The command-line arguments.</summary>
/// <param name="Storages">The stores, in the order in which they are measured.</param>
/// <param name="Jobs">Number of jobs in each round.</param>
/// <param name="Backlog">Number of waiting jobs for the long queue.</param>
/// <param name="PeerFolder">Folder with <c>bullmq.mjs</c> and its packages; null measures no peer.</param>
/// <param name="OutputFile">File for the report; null writes it only to the console.</param>
internal sealed record QueueArguments(IReadOnlyList<string> Storages, int Jobs, int Backlog, string? PeerFolder, string? OutputFile)
{
    public const string Usage =
        "bench queues [--storage sqlite|postgresql|both] [--jobs N] [--backlog N] [--peer DIR] [--out FILE]";

    private static readonly string[] Known = ["--storage", "--jobs", "--backlog", "--peer", "--out"];

    /// <summary>Time limit of the whole run, so that a hanging benchmark ends.</summary>
    public static TimeSpan TimeLimit => TimeSpan.FromMinutes(15);

    /// <summary>Null if the arguments are invalid.</summary>
    public static QueueArguments? Parse(IReadOnlyList<string> args)
    {
        if (args.Count % 2 == 0)
            return null;

        var options = new Dictionary<string, string>();
        for (var i = 1; i < args.Count; i += 2)
        {
            if (!Known.Contains(args[i]) || !options.TryAdd(args[i], args[i + 1]))
                return null;
        }

        string[]? storages = options.GetValueOrDefault("--storage", "both") switch
        {
            "both" => ["sqlite", "postgresql"],
            "sqlite" => ["sqlite"],
            "postgresql" => ["postgresql"],
            _ => null,
        };
        return storages is not null
            && Number(options, "--jobs", 20_000) is { } jobs
            && Number(options, "--backlog", 1_000_000) is { } backlog
            ? new QueueArguments(storages, jobs, backlog, options.GetValueOrDefault("--peer"), options.GetValueOrDefault("--out"))
            : null;
    }

    private static int? Number(Dictionary<string, string> options, string name, int defaultValue)
    {
        if (!options.TryGetValue(name, out var text))
            return defaultValue;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 0 ? number : null;
    }
}
