using System.Globalization;
using JubileeVerse.Bench.Realtime.Measured;
using JubileeVerse.Bench.Reports;

namespace JubileeVerse.Bench.Realtime;

/// <summary>Writes the tables: one column per server, and the ratio of the product to the peer.</summary>
internal sealed class RealtimeReport(RealtimeArguments arguments, RealtimeFigures product, RealtimeFigures? peer)
{
    public void Write(MarkdownReport report)
    {
        WriteIdle(report);
        WriteFanOut(report);
        WriteDeltas(report);
        WriteFrames(report);
        if (product.SlowReader is { } slow)
            WriteSlowReader(report, slow);
        if (product.Drain is { } drain)
            WriteDrain(report, drain);
    }

    private static void WriteSlowReader(MarkdownReport report, SlowReader slow)
    {
        report.Heading("One of a thousand connections stops reading");
        report.Line(
            $"{SlowReader.ConnectionCount:N0} connections receive broadcasts of {SlowReader.MessageLength:N0} characters of three bytes. "
            + "Each message is sent when all connections have the previous one: first while all read "
            + $"({SlowReader.RoundsBefore * SlowReader.MessagesPerRound} messages), then while one connection reads nothing but sends "
            + $"pings ({slow.Messages} messages, until it is disconnected). Latencies are those of the others, medians of rounds of "
            + $"{SlowReader.MessagesPerRound}; memory is the maximum after a round, after a full garbage collection.");
        report.Table(
            ["", "all read", "one does not read"],
            [
                ["until a connection receives it, p50", Ms(slow.Before.P50), Ms(slow.Meanwhile.P50)],
                ["until a connection receives it, p99", Ms(slow.Before.P99), Ms(slow.Meanwhile.P99)],
                ["resident memory of the gateway", Megabytes(slow.BytesBefore), Megabytes(slow.BytesMeanwhile)],
            ]);
        report.Line($"The slow connection was reset {Number(slow.DisconnectedAfter.TotalSeconds, "F1")} s after it had stopped reading.");
    }

    private static void WriteDrain(MarkdownReport report, DrainFigures drain)
    {
        report.Heading("SIGTERM with a thousand connections");
        report.Table(
            ["", ""],
            [
                ["idle hub connections", $"{drain.Connections:N0}"],
                ["resets, and closes without a closing frame", $"{drain.Resets}"],
                [
                    "first and last close after",
                    $"{Number(drain.FirstEnd.TotalSeconds, "F1")} s and {Number(drain.LastEnd.TotalSeconds, "F1")} s",
                ],
                ["process exit after, with exit code", $"{Number(drain.ExitedAfter.TotalSeconds, "F1")} s, {drain.ExitCode}"],
                ["maximum reconnects within one second, by the requested delays", $"{drain.MostInASecond}"],
            ]);
    }

    private static string Ms(TimeSpan time) => Number(time.TotalMilliseconds, "F1") + " ms";

    private static string Megabytes(long bytes) => Number(bytes / 1e6, "F0") + " MB";

    private void WriteIdle(MarkdownReport report)
    {
        report.Heading("Idle connections");
        report.Line(
            $"{arguments.Connections:N0} connections, each of a different user, at one process; JSON; the heartbeats are those of the "
            + "protocols' own clients. Resident memory of the process with the connections, after a full garbage collection without them "
            + $"and with them; its CPU time over {IdleCost.IdleTime.TotalSeconds:F0} s, minus that without connections. One measurement. A "
            + "connection of the product is authenticated and has two subscriptions, one of them to the channel of its user; one of the "
            + "peer is anonymous and in no room.");
        IReadOnlyList<string> Row(string name, Func<IdleCost, double> figure, Func<double, string> print)
        {
            var cells = Cells(name, figure(product.Idle), peer is null ? null : figure(peer.Idle), print).ToList();
            cells.Insert(2, print(figure(product.Events!)));
            return cells;
        }

        report.Table(
            ["", .. Columns(product.Name + ", hub", product.Name + ", events")],
            [
                Row("resident memory per connection", idle => idle.BytesPerConnection, bytes => Number(bytes / 1000, "F1") + " kB"),
                Row(
                    "CPU time per connection and second",
                    idle => idle.ProcessorTimePerConnection / IdleCost.IdleTime * 1e6,
                    micros => Number(micros, "F1") + " µs"),
            ]);
    }

    private void WriteFanOut(MarkdownReport report)
    {
        report.Heading("Broadcast");
        report.Line(
            $"{arguments.FanOut:N0} connections; {FanOut.MessageCount} messages, each sent when all connections have the previous one. "
            + "From sending the POST (of the product: an admin's broadcast to the gateway, which is first written to the audit log in the "
            + "database; of the peer: a request to the emitter) until a connection receives it, over all connections. Medians of the "
            + "rounds, and their range.");
        report.Table(["", .. Columns(product.Name)], Timings("until a connection receives it", product.FanOut, peer?.FanOut));
    }

    private void WriteDeltas(MarkdownReport report)
    {
        report.Heading("From the model to the connection");
        report.Line(
            "Each reply has one follower. Pieces of 20 characters contain the time at which the model sent them; "
            + $"{DeltaLag.Window.TotalSeconds:F0} s per round. Both call the same model over HTTP. The peer emits "
            + "each piece at once to a room and stores nothing. The product publishes the first text at once and then "
            + "the accumulated text every 40 ms, and stores the reply.");
        var rows = new List<IReadOnlyList<string>>();
        foreach (var load in RealtimeBench.Loads(arguments))
        {
            var (ours, theirs) = (product.Deltas[load], peer?.Deltas[load]);
            rows.AddRange(Timings(
                $"{load}: lag", [.. ours.Select(round => round.Lag)], theirs is null ? null : [.. theirs.Select(round => round.Lag)]));
            var (median, other) = (DeltaFigures.MedianOf(ours), theirs is null ? null : DeltaFigures.MedianOf(theirs));
            rows.Add(Cells($"{load}: pieces received per second", median.PiecesPerSecond, other?.PiecesPerSecond, Figure.Rate));
            rows.Add(Cells($"{load}: pieces per frame", median.PiecesPerFrame, other?.PiecesPerFrame, Figure.Ratio));
        }

        report.Table(["", .. Columns(product.Name)], rows);
    }

    private void WriteFrames(MarkdownReport report)
    {
        report.Heading("Between processes");
        report.Line(
            $"Deltas of 20 characters to {OutboxRate.ChannelCount} channels at maximum rate. Product: a silo's outbox for one "
            + "gateway, over an Orleans client connection on loopback, counted where a gateway would apply them; silo and client are in "
            + $"the process of the benchmark. {Number(product.FramesPerBatch ?? 0, "F0")} frames per batch. Peer: from the emitter "
            + "through Redis to the other process, counted where they are encoded for sockets, but without sockets.");
        double Median(IReadOnlyList<double> rounds) => rounds.Order().ElementAt(rounds.Count / 2);
        report.Table(
            ["", .. Columns(product.Name)],
            [Cells("frames per second", Median(product.FramesPerSecond), peer is null ? null : Median(peer.FramesPerSecond), Figure.Rate)]);
    }

    private static IEnumerable<IReadOnlyList<string>> Timings(string name, IReadOnlyList<Timing> ours, IReadOnlyList<Timing>? theirs)
    {
        IReadOnlyList<string> Row(string share, Func<Timing, TimeSpan> part)
        {
            double MedianMs(IReadOnlyList<Timing> rounds) => part(Timing.MedianOf(rounds)).TotalMilliseconds;
            string Print(IReadOnlyList<Timing> rounds) => $"{Number(MedianMs(rounds), "F1")} ms ({Timing.Spread(rounds.Select(part))})";
            return theirs is null
                ? [$"{name}, {share}", Print(ours)]
                : [$"{name}, {share}", Print(ours), Print(theirs), Figure.Ratio(MedianMs(ours) / MedianMs(theirs))];
        }

        yield return Row("p50", timing => timing.P50);
        yield return Row("p99", timing => timing.P99);
    }

    private static IReadOnlyList<string> Cells(string name, double ours, double? theirs, Func<double, string> print) =>
        theirs is { } known ? [name, print(ours), print(known), Figure.Ratio(ours / known)] : [name, print(ours)];

    private static string Number(double number, string format) => number.ToString(format, CultureInfo.InvariantCulture);

    private IEnumerable<string> Columns(params string[] ours) => peer is null ? ours : [.. ours, peer.Name, "ratio"];
}
