using JubileeVerse.Bench.Reports;
using JubileeVerse.Testing.Processes;

namespace JubileeVerse.Bench.Http;

/// <summary>Measures a real process over HTTP, once for each store.</summary>
internal static class HttpBench
{
    /// <summary>Number of log lines to show if the benchmark fails.</summary>
    private const int LinesShown = 80;

    public static async Task RunAsync(
        BenchArguments arguments, BenchStores stores, MarkdownReport report, CancellationToken cancellationToken)
    {
        var results = new List<HttpFigures>();
        foreach (var storage in arguments.Storages)
            results.Add(await MeasureAsync(storage, arguments, stores, cancellationToken));

        report.Heading("Through HTTP");
        report.Line(
            $"Standalone, one process, built-in model without delay, limits disabled, {arguments.InFlight} posts in flight for "
            + $"{arguments.Seconds} s by {arguments.InFlight} users with {LoadUser.ConversationCount} conversations each. "
            + "A 202 is sent after the commit.");
        report.Table(["", .. results.Select(result => result.Storage)], Rows(results));
        if (results is [var first, var second])
        {
            report.Line(
                $"{first.Storage} : {second.Storage} = {Figure.Ratio(first.PostsPerSecond / second.PostsPerSecond)} posts, "
                + $"{Figure.Ratio(first.RepliesPerSecond / second.RepliesPerSecond)} replies.");
        }
    }

    private static IEnumerable<IReadOnlyList<string>> Rows(List<HttpFigures> results)
    {
        IReadOnlyList<string> Row(string name, Func<HttpFigures, string> figure) => [name, .. results.Select(figure)];
        yield return Row("durable posts per second", result => Figure.Rate(result.PostsPerSecond));
        yield return Row("post → 202 under load, p50 / p99", result => result.Posts.Describe());
        yield return Row("replies completed per second, until the last one", result => Figure.Rate(result.RepliesPerSecond));
        yield return Row("post → first text, one at a time, p50 / p99", result => result.FirstTextIdle.Describe());
        yield return Row("post → first text under load, p50 / p99", result => result.FirstTextLoaded.Describe());
        yield return Row("post → 202, one at a time, p50 / p99", result => result.PostsIdle.Describe());
        yield return Row("start to ready, empty store", result => Figure.Seconds(result.FirstStart));
        yield return Row("start to ready, restart", result => Figure.Seconds(result.SecondStart));
        yield return Row("resident memory when ready", result => Figure.MegaBytes(result.IdleBytes));
        yield return Row("resident memory after the load", result => Figure.MegaBytes(result.LoadedBytes));
        yield return Row("CPU time of the server per reply", result => $"{result.ProcessorTimePerReply.TotalMilliseconds:F2} ms");
    }

    private static async Task<HttpFigures> MeasureAsync(
        string storage, BenchArguments arguments, BenchStores stores, CancellationToken cancellationToken)
    {
        await using var site = new StandaloneSite();
        await stores.ConfigureAsync(site, storage);
        site["Limits:Enabled"] = "false";
        site["Ai:Builtin:PieceDelayMs"] = "0";
        site["Queues:AiResponse:ConcurrencyPerSilo"] = "256";
        site["Queues:AiResponse:StartsPerSecond"] = "1000000";
        site["Queues:AiResponse:MaxOpen"] = "1000000";
        site.SetEnvironment("Logging__LogLevel__Default", "Warning");

        try
        {
            return await MeasureAsync(storage, site, arguments, cancellationToken);
        }
        catch
        {
            Console.Error.WriteLine(site.Output.Tail(LinesShown));
            throw;
        }
    }

    private static async Task<HttpFigures> MeasureAsync(
        string storage, StandaloneSite site, BenchArguments arguments, CancellationToken cancellationToken)
    {
        var firstStart = await TimeStartAsync(site, cancellationToken);
        await site.Process.TerminateAsync(cancellationToken);
        var secondStart = await TimeStartAsync(site, cancellationToken);
        var idleBytes = site.Process.ResidentBytes;

        var idle = await IdleProbe.RunAsync(site, arguments.Samples, cancellationToken);
        var load = await PostLoad.RunAsync(site, arguments, cancellationToken);
        return new HttpFigures(storage, firstStart, secondStart, idleBytes, site.Process.ResidentBytes, idle, load);
    }

    private static async Task<TimeSpan> TimeStartAsync(StandaloneSite site, CancellationToken cancellationToken)
    {
        var start = TimeProvider.System.GetTimestamp();
        await site.StartAsync(cancellationToken);
        return TimeProvider.System.GetElapsedTime(start);
    }
}
