using System.Diagnostics.Metrics;
using JubileeVerse.Queues;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.State;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;

namespace JubileeVerse.Grains.Tests.Queues;

public sealed class QueueInstrumentsTests
{
    private readonly IMeterFactory _meters =
        new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();

    [Fact]
    public void Histograms_WaitAndRun_AreTaggedByPriority()
    {
        var instruments = new QueueInstruments(_meters);
        using var waits = new MetricCollector<double>(_meters, QueueInstruments.MeterName, "jubileeverse.queue.job.wait");
        using var runs = new MetricCollector<double>(_meters, QueueInstruments.MeterName, "jubileeverse.queue.job.duration");

        instruments.JobFirstStarted("mail", 1, 0.25);
        instruments.JobFirstStarted("mail", 5, 2);
        instruments.RunEnded("mail", 5, JobOutcomeKind.Completed, TimeSpan.FromSeconds(3));
        instruments.RunEnded("mail", 9, null, TimeSpan.FromSeconds(4));

        Assert.Equal(
            [(0.25, "mail", 1), (2, "mail", 5)],
            waits.GetMeasurementSnapshot().Select(wait => (wait.Value, wait.Tags["queue"], wait.Tags["priority"])));
        Assert.Equal(
            [(3, 5, "completed"), (4, 9, "lease-lost")],
            runs.GetMeasurementSnapshot().Select(run => (run.Value, run.Tags["priority"], run.Tags["outcome"])));
    }

    [Theory]
    [InlineData("jubileeverse.queue.job.wait")]
    [InlineData("jubileeverse.queue.job.duration")]
    public void Histograms_Buckets_RangeFromOneMillisecondToFifteenMinutes(string name)
    {
        var instruments = new List<Instrument>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, _) => instruments.Add(instrument) };
        _ = new QueueInstruments(_meters);
        listener.Start();

        var histogram = Assert.IsType<Histogram<double>>(
            instruments.Last(instrument => instrument.Name == name && instrument.Meter.Scope == _meters));
        var bounds = histogram.Advice!.HistogramBucketBoundaries!;

        Assert.Equal(bounds.Order(), bounds);
        Assert.Equal((0.001, 900), (bounds[0], bounds[^1]));
    }

    [Fact]
    public void Take_DelayedJob_ReturnsWhenItBecameReady()
    {
        var queue = new QueueState(QueueRules.Default, new QueueLimits(10, 1_000), epoch: 1, paused: false);
        queue.Intake.Accept(TestJobs.Job("delayed", 1_000) with { ReadyAt = 60_000 }, 1_000);
        queue.Intake.Accept(TestJobs.Job("promoted", 1_000) with { ReadyAt = 90_000 }, 1_000);
        queue.Intake.Accept(TestJobs.Job("ready", 1_000), 1_000);

        queue.Actions.Promote(new JobId("promoted"), 5_000);
        queue.Tick(60_100);
        var starts = queue.Take("w", 3, 1, 60_500).Starts;

        Assert.Equal(
            [("delayed", 60_100L), ("promoted", 5_000L), ("ready", 1_000L)],
            starts.Select(start => (start.Id.Value, start.ReadyAtMs)).OrderBy(start => start.Value, StringComparer.Ordinal));
    }
}
