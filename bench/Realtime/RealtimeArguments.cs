using System.Globalization;

namespace JubileeVerse.Bench.Realtime;

/// <summary>What is asked for on the command line.</summary>
/// <param name="Links">That are idle, once of each kind.</param>
/// <param name="FanOut">Links that hear one message.</param>
/// <param name="Streams">Answers that grow at the same time, each to one link.</param>
/// <param name="Rounds">Of each figure but those of idle links; its median is reported.</param>
/// <param name="PeerFolder">Has <c>socketio.mjs</c> and its packages, as <c>bench/Realtime/peer</c> after <c>npm install</c>; null measures no peer.</param>
/// <param name="OutputFile">Where the report is written to, besides the console.</param>
internal sealed record RealtimeArguments(int Links, int FanOut, int Streams, int Rounds, string? PeerFolder, string? OutputFile)
{
    public const string Usage = "bench realtime [--links N] [--fanout N] [--streams N] [--rounds N] [--peer DIR] [--out FILE]";

    private static readonly string[] Known = ["--links", "--fanout", "--streams", "--rounds", "--peer", "--out"];

    /// <summary>For everything; a benchmark that hangs must end too.</summary>
    public static TimeSpan TimeLimit => TimeSpan.FromMinutes(40);

    /// <summary>Null when the arguments make no sense.</summary>
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
                ? new RealtimeArguments(links, fanOut, streams, rounds, options.GetValueOrDefault("--peer"), options.GetValueOrDefault("--out"))
                : null;
    }

    private static int? Number(Dictionary<string, string> options, string name, int unset)
    {
        if (!options.TryGetValue(name, out var text))
            return unset;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
    }
}
