using System.Globalization;
using JubileeVerse.Bench.Realtime.Measured;
using JubileeVerse.Bench.Reports;

namespace JubileeVerse.Bench.Realtime;

/// <summary>The tables: a column a server, and how the product stands to the peer.</summary>
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
        report.Heading("One of a thousand stops reading");
        report.Line(
            $"{SlowReader.LinkCount:N0} links hear what is said to all, {SlowReader.MessageLength:N0} characters of three bytes at a time, each message when the one before is everywhere: first while all "
            + $"read ({SlowReader.RoundsBefore * SlowReader.MessagesOfARound} messages), then while one reads nothing and goes on saying that it lives ({slow.Messages} messages, until it is cut). Times at the "
            + $"others, medians of rounds of {SlowReader.MessagesOfARound}; memory after a full collection, the most after a round.");
        report.Table(
            ["", "all read", "one does not"],
            [
                ["until a link has it, p50", Ms(slow.Before.P50), Ms(slow.Meanwhile.P50)],
                ["until a link has it, p99", Ms(slow.Before.P99), Ms(slow.Meanwhile.P99)],
                ["resident memory of the gateway", Megabytes(slow.BytesBefore), Megabytes(slow.BytesMeanwhile)],
            ]);
        report.Line($"The slow one was cut, by a reset, {Number(slow.CutAfter.TotalSeconds, "F1")} s after it had stopped reading.");
    }

    private static void WriteDrain(MarkdownReport report, LinkDrain drain)
    {
        report.Heading("SIGTERM with a thousand links");
        report.Table(
            ["", ""],
            [
                ["idle links of the hub", $"{drain.Links:N0}"],
                ["resets, and ends without a closing frame", $"{drain.Resets}"],
                ["the first and the last was closed after", $"{Number(drain.FirstEnd.TotalSeconds, "F1")} s and {Number(drain.LastEnd.TotalSeconds, "F1")} s"],
                ["the process was gone after, with exit code", $"{Number(drain.Gone.TotalSeconds, "F1")} s, {drain.ExitCode}"],
                ["most that come back within one second, by what they were told", $"{drain.MostInASecond}"],
            ]);
    }

    private static string Ms(TimeSpan time) => Number(time.TotalMilliseconds, "F1") + " ms";

    private static string Megabytes(long bytes) => Number(bytes / 1e6, "F0") + " MB";

    private void WriteIdle(MarkdownReport report)
    {
        report.Heading("Idle links");
        report.Line(
            $"{arguments.Links:N0} links, each of a person of its own, at one process; JSON; the heartbeats are those of the protocols' own clients. Resident memory of the "
            + $"process that has the links, after a full collection without them and with them; its processor time over {IdleCost.IdleTime.TotalSeconds:F0} s, less what it takes "
            + "without links. One reading. A link of the product is signed in and hears two channels, one of them its person's own; one of the peer is anonymous and in no room.");
        IReadOnlyList<string> Row(string name, Func<IdleCost, double> figure, Func<double, string> print)
        {
            var cells = Cells(name, figure(product.Idle), peer is null ? null : figure(peer.Idle), print).ToList();
            cells.Insert(2, print(figure(product.Events!)));
            return cells;
        }

        report.Table(
            ["", .. Columns(product.Name + ", hub", product.Name + ", events")],
            [
                Row("resident memory a link", idle => idle.BytesPerLink, bytes => Number(bytes / 1000, "F1") + " kB"),
                Row("processor time a link and second", idle => idle.ProcessorTimePerLink / IdleCost.IdleTime * 1e6, micros => Number(micros, "F1") + " µs"),
            ]);
    }

    private void WriteFanOut(MarkdownReport report)
    {
        report.Heading("One message to all");
        report.Line(
            $"{arguments.FanOut:N0} links; {FanOut.MessageCount} messages, each when the one before is everywhere. From the sending of the POST that says it (of the product to the gateway as an "
            + "admin's broadcast, which is written into the audit log in the database first; of the peer to the emitter) until a link has it, over all links. Medians of the rounds, and between what they were.");
        report.Table(["", .. Columns(product.Name)], Timings("until a link has it", product.FanOut, peer?.FanOut));
    }

    private void WriteDeltas(MarkdownReport report)
    {
        report.Heading("From the model to the link");
        report.Line(
            $"Each answer is heard by one link. Pieces of 20 characters carry the time at which the model wrote them; {DeltaLag.Window.TotalSeconds:F0} s a round. Both ask the same model over "
            + "HTTP; the peer emits each piece at once to a room, and keeps nothing. The product brings the first text at once and then what has gathered every 40 ms, and keeps the answer.");
        var rows = new List<IReadOnlyList<string>>();
        foreach (var load in RealtimeBench.Loads(arguments))
        {
            var (ours, theirs) = (product.Deltas[load], peer?.Deltas[load]);
            rows.AddRange(Timings($"{load}: lag", [.. ours.Select(round => round.Lag)], theirs is null ? null : [.. theirs.Select(round => round.Lag)]));
            var (median, other) = (DeltaFigures.MedianOf(ours), theirs is null ? null : DeltaFigures.MedianOf(theirs));
            rows.Add(Cells($"{load}: pieces a second that came", median.PiecesPerSecond, other?.PiecesPerSecond, Figure.Rate));
            rows.Add(Cells($"{load}: pieces a frame", median.PiecesPerFrame, other?.PiecesPerFrame, Figure.Ratio));
        }

        report.Table(["", .. Columns(product.Name)], rows);
    }

    private void WriteFrames(MarkdownReport report)
    {
        report.Heading("From process to process");
        report.Line(
            $"Deltas of 20 characters to {OutboxRate.ChannelCount} channels, as quick as they come. Of the product a silo's outbox for one gateway, over a connection of the cluster's client on "
            + $"loopback, counted where a gateway would apply them; silo and client are in the bench's own process. {Number(product.FramesPerBatch ?? 0, "F0")} frames came in a delivery. Of the "
            + "peer from the emitter through Redis to the other process, counted where they are encoded for sockets, of which there are none.");
        double Median(IReadOnlyList<double> rounds) => rounds.Order().ElementAt(rounds.Count / 2);
        report.Table(
            ["", .. Columns(product.Name)],
            [Cells("frames a second", Median(product.FramesPerSecond), peer is null ? null : Median(peer.FramesPerSecond), Figure.Rate)]);
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
