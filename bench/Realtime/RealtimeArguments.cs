using System.Globalization;

namespace JubileeVerse.Bench.Realtime;

/// <summary>The command-line arguments.</summary>
/// <param name="Connections">Number of idle connections of each kind.</param>
/// <param name="FanOut">Number of connections that receive a broadcast.</param>
/// <param name="Streams">Number of concurrent replies, each with one follower.</param>
/// <param name="Rounds">Number of rounds of each figure except those of idle connections. Their median is reported.</param>
/// <param name="PeerFolder">
/// Folder with <c>socketio.mjs</c> and its packages, such as <c>bench/Realtime/peer</c> after <c>npm install</c>; null measures no peer.
/// </param>
/// <param name="OutputFile">File for the report; null writes it only to the console.</param>
internal sealed record RealtimeArguments(int Connections, int FanOut, int Streams, int Rounds, string? PeerFolder, string? OutputFile)
{
    public const string Usage = "bench realtime [--links N] [--fanout N] [--streams N] [--rounds N] [--peer DIR] [--out FILE]";

    private static readonly string[] Known = ["--links", "--fanout", "--streams", "--rounds", "--peer", "--out"];

    /// <summary>Time limit of the whole run, so that a hanging benchmark ends.</summary>
    public static TimeSpan TimeLimit => TimeSpan.FromMinutes(40);

    /// <summary>Null if the arguments are invalid.</summary>
    public static RealtimeArguments? Parse(IReadOnlyList<string> args)
    {
        if (args.Count % 2 == 0)
            return null;

        var options = new Dictionary<string, string>();
        for (var i = 1; i < args.Count; i += 2)
        {
            if (!Known.Contains(args[i]) || !options.TryAdd(args[i], args[i + 1]))
                return null;
        }

        return Number(options, "--links", 10_000) is { } links
            && Number(options, "--fanout", 5_000) is { } fanOut
            && Number(options, "--streams", 500) is { } streams
            && Number(options, "--rounds", 3) is { } rounds
                ? new RealtimeArguments(
                    links, fanOut, streams, rounds, options.GetValueOrDefault("--peer"), options.GetValueOrDefault("--out"))
                : null;
    }

    private static int? Number(Dictionary<string, string> options, string name, int defaultValue)
    {
        if (!options.TryGetValue(name, out var text))
            return defaultValue;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
    }
}
