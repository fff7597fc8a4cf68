using System.Globalization;

namespace JubileeVerse.Bench.Queues;

/// <summary>What is asked for on the command line.</summary>
/// <param name="Storages">In the order in which they are measured.</param>
/// <param name="Jobs">Of each figure.</param>
/// <param name="Backlog">Waiting jobs whose memory and loading are measured.</param>
/// <param name="PeerFolder">Has <c>bullmq.mjs</c> and its packages; null measures no peer.</param>
/// <param name="OutputFile">Where the report is written to, besides the console.</param>
internal sealed record QueueArguments(IReadOnlyList<string> Storages, int Jobs, int Backlog, string? PeerFolder, string? OutputFile)
{
    public const string Usage =
        "bench queues [--storage sqlite|postgresql|both] [--jobs N] [--backlog N] [--peer DIR] [--out FILE]";

    private static readonly string[] Known = ["--storage", "--jobs", "--backlog", "--peer", "--out"];

    /// <summary>For everything; a benchmark that hangs must end too.</summary>
    public static TimeSpan TimeLimit => TimeSpan.FromMinutes(15);

    /// <summary>Null when the arguments make no sense.</summary>
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
        return storages is not null && Number(options, "--jobs", 20_000) is { } jobs && Number(options, "--backlog", 1_000_000) is { } backlog
            ? new QueueArguments(storages, jobs, backlog, options.GetValueOrDefault("--peer"), options.GetValueOrDefault("--out"))
            : null;
    }

    private static int? Number(Dictionary<string, string> options, string name, int unset)
    {
        if (!options.TryGetValue(name, out var text))
            return unset;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 0 ? number : null;
    }
}
