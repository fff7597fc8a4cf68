using System.Globalization;

namespace JubileeVerse.Bench;

/// <summary>The command-line arguments.</summary>
/// <param name="What"><c>http</c> or <c>store</c>.</param>
/// <param name="Storages">The stores, in the order in which they are measured.</param>
/// <param name="Seconds">Duration of the load.</param>
/// <param name="InFlight">Number of concurrent posts or units.</param>
/// <param name="Samples">Number of first-text latencies to measure without other load.</param>
/// <param name="OutputFile">File for the report; null writes it only to the console.</param>
internal sealed record BenchArguments(
    string What, IReadOnlyList<string> Storages, int Seconds, int InFlight, int Samples, string? OutputFile)
{
    public const string Usage =
        "bench http|store [--storage sqlite|postgresql|both] [--seconds N] [--in-flight N] [--samples N] [--out FILE]";

    private static readonly string[] Known = ["--storage", "--seconds", "--in-flight", "--samples", "--out"];

    /// <summary>Time limit for all stores together, so that a hanging benchmark ends.</summary>
    public TimeSpan TimeLimit => TimeSpan.FromMinutes(10) + TimeSpan.FromSeconds(Seconds * 10);

    /// <summary>Null if the arguments are invalid.</summary>
    public static BenchArguments? Parse(IReadOnlyList<string> args)
    {
        if (args.Count % 2 == 0 || args[0] is not ("http" or "store"))
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
            && Number(options, "--seconds", 15) is { } seconds
            && Number(options, "--in-flight", 64) is { } inFlight
            && Number(options, "--samples", 200) is { } samples
                ? new BenchArguments(args[0], storages, seconds, inFlight, samples, options.GetValueOrDefault("--out"))
                : null;
    }

    private static int? Number(Dictionary<string, string> options, string name, int defaultValue)
    {
        if (!options.TryGetValue(name, out var text))
            return defaultValue;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
    }
}
