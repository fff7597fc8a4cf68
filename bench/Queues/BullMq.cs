using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using JubileeVerse.Testing.Processes;

namespace JubileeVerse.Bench.Queues;

/// <summary>The peer: BullMQ on a dedicated Redis that syncs its log each second, which is the usual durability.</summary>
internal static partial class BullMq
{
    private const string Script = "bullmq.mjs";

    public static async Task<QueueFigures> RunAsync(string folder, int jobs, CancellationToken cancellationToken)
    {
        var rounds = new List<QueueFigures>();
        for (var i = 0; i < QueueFigures.Rounds; i++)
            rounds.Add(await RoundAsync(folder, jobs, cancellationToken));
        return QueueFigures.MedianOf(rounds);
    }

    private static async Task<QueueFigures> RoundAsync(string folder, int jobs, CancellationToken cancellationToken)
    {
        var port = LoopbackPort.Free();
        var data = Directory.CreateTempSubdirectory("jubileeverse-bullmq-");
        using var redis = Start(
            "redis-server",
            data.FullName,
            ["--port", $"{port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "yes", "--appendfsync", "everysec"]);
        try
        {
            redis.OutputDataReceived += static (_, _) => { };
            redis.BeginOutputReadLine();
            using var node = Start("node", folder, [Script, $"{jobs}", $"{QueueSite.Slots}"], ("REDIS_PORT", $"{port}"));
            var output = await node.StandardOutput.ReadToEndAsync(cancellationToken);
            await node.WaitForExitAsync(cancellationToken);
            return Read(output, VersionIn(folder));
        }
        finally
        {
            redis.Kill();
            await redis.WaitForExitAsync(CancellationToken.None);
            data.Delete(recursive: true);
        }
    }

    private static QueueFigures Read(string output, string version)
    {
        double[] rates = [.. RateLine().Matches(output).Select(match => Number(match.Groups[1]))];
        var trip = TripLine().Match(output);
        return rates is [var added, var processed, var bulk] && trip.Success
            ? new QueueFigures($"BullMQ {version}", added, processed, bulk, Milliseconds(trip.Groups[1]), Milliseconds(trip.Groups[2]))
            : throw new InvalidOperationException($"Unexpected output of {Script}: {output}");
    }

    private static string VersionIn(string folder)
    {
        using var package = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "node_modules", "bullmq", "package.json")));
        return package.RootElement.GetProperty("version").GetString()!;
    }

    private static TimeSpan Milliseconds(Group group) => TimeSpan.FromMilliseconds(Number(group));

    private static double Number(Group group) => double.Parse(group.Value, CultureInfo.InvariantCulture);

    private static Process Start(string program, string folder, string[] arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    [GeneratedRegex(@": (\d+) jobs/s")]
    private static partial Regex RateLine();

    [GeneratedRegex(@"p50 ([\d.]+) ms, p99 ([\d.]+) ms")]
    private static partial Regex TripLine();
}
