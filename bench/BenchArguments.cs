using System.Globalization;

namespace JubileeVerse.Bench;

/// <summary>What is asked for on the command line.</summary>
/// <param name="What"><c>http</c> or <c>store</c>.</param>
/// <param name="Storages">In the order in which they are measured.</param>
/// <param name="Seconds">How long load is put on.</param>
/// <param name="InFlight">Posts, or units, that wait for their answer at any time.</param>
/// <param name="Samples">First words that are measured while nothing else goes on.</param>
/// <param name="OutputFile">Where the report is written to, besides the console.</param>
internal sealed record BenchArguments(
    string What, IReadOnlyList<string> Storages, int Seconds, int InFlight, int Samples, string? OutputFile)
{
    public const string Usage =
        "bench http|store [--storage sqlite|postgresql|both] [--seconds N] [--in-flight N] [--samples N] [--out FILE]";

    private static readonly string[] Known = ["--storage", "--seconds", "--in-flight", "--samples", "--out"];

    /// <summary>For all storages together; a benchmark that hangs must end too.</summary>
    public TimeSpan TimeLimit => TimeSpan.FromMinutes(10) + TimeSpan.FromSeconds(Seconds * 10);

    /// <summary>Null when the arguments make no sense.</summary>
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

    private static int? Number(Dictionary<string, string> options, string name, int unset)
    {
        if (!options.TryGetValue(name, out var text))
            return unset;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
    }
}
