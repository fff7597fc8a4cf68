using JubileeVerse.Queues;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.State;
using JubileeVerse.Queues.State.Jobs;

namespace JubileeVerse.Grains.Tests.Queues.Histories;

/// <summary>Measures how well the order of starts meets its goals. Each test also prints its figures.</summary>
public sealed class QueueFiguresTests(ITestOutputHelper output)
{
    private const string Worker = "w";
    private const int Unbounded = 1_000_000;

    private long _poll;

    [Fact]
    public void Take_FiveHundredJobsOfOneUser_StartsTwentyOtherUsersNext()
    {
        const int Slots = 10;
        const long RunMs = 1_000;
        var queue = Queue(new QueueLimits(Slots, Unbounded));
        for (var i = 0; i < 500; i++) Accept(queue, $"many-{i}", 0, user: "busy");
        var running = new Queue<(JobStart Start, long EndsAt)>();
        var order = new List<string>();

        for (var now = 0L; order.Count < 520; now += 100)
        {
            if (now == 500)
            {
                for (var i = 0; i < 20; i++) Accept(queue, $"one-{i}", now, user: $"user-{i}");
            }

            while (running.TryPeek(out var next) && next.EndsAt <= now) Complete(queue, running.Dequeue().Start, now);
            foreach (var start in Take(queue, now))
            {
                running.Enqueue((start, now + RunMs));
                order.Add(start.Id.Value);
            }
        }

        var last = 1 + order.FindLastIndex(id => id.StartsWith("one", StringComparison.Ordinal));
        output.WriteLine(
            $"500 jobs of one user, then 20 users with one each, {Slots} slots: the last of the 20 is start {last} of {order.Count}.");

        // The jobs that were running when the twenty arrived, and the twenty; no others.
        Assert.Equal(Slots + 20, last);
    }

    [Fact]
    public void Take_WeightsThreeAndOne_SharesFourHundredStartsThreeToOne()
    {
        var queue = Queue(new QueueLimits(Unbounded, Unbounded));
        for (var i = 0; i < 400; i++)
        {
            Accept(queue, $"plain-{i}", 0, user: "plain");
            Accept(queue, $"premium-{i}", 0, user: "premium", weight: 3);
        }

        var premium = Take(queue, 0, slots: 400).Count(start => start.Id.Value.StartsWith("premium", StringComparison.Ordinal));
        output.WriteLine($"Weights 3 and 1 over 400 starts: {premium} and {400 - premium}.");

        Assert.InRange(premium, 299, 301);
    }

    [Fact]
    public void Take_PriorityTenAmongEndlessPriorityOne_WaitsForEighteenSecondsOfArrivals()
    {
        var queue = Queue(new QueueLimits(Unbounded, Unbounded));
        Accept(queue, "patient", 0, user: "patient", priority: 10);
        var acceptedBefore = 0L;
        var startedAt = -1L;
        for (var now = 0L; startedAt < 0; now += 100)
        {
            // Two arrive for each one that starts, so the queue only grows.
            Accept(queue, $"a-{now}", now, user: $"a-{now}");
            Accept(queue, $"b-{now}", now, user: $"b-{now}");
            var started = Take(queue, now, slots: 1).Single().Id.Value;
            if (started == "patient") startedAt = now;
            else acceptedBefore = long.Parse(started.AsSpan(2), System.Globalization.CultureInfo.InvariantCulture);
        }

        output.WriteLine(
            $"Priority 10 among an endless stream of priority 1: it waits {startedAt / 1000.0} s, "
            + $"in which jobs accepted up to {acceptedBefore / 1000.0} s after it start first.");

        // The wait is twice as long, because jobs arrive twice as fast as they start.
        Assert.InRange(acceptedBefore, 17_900, 18_000);
        Assert.InRange(startedAt, 36_000, 36_200);
    }

    [Fact]
    public void Take_FiftyStartsPerSecondAfterIdleness_NeverExceedsTheRateInAnyWindow()
    {
        var queue = Queue(new QueueLimits(Unbounded, 50));
        var starts = new List<long>();
        for (var now = 0L; now < 10_000; now++)
        {
            // The jobs arrive all at once in the middle of a second, and are more than ten seconds can start.
            if (now == 700)
            {
                for (var i = 0; i < 600; i++) Accept(queue, $"job-{i}", now, user: $"user-{i}");
            }

            starts.AddRange(Take(queue, now).Select(_ => now));
        }

        var most = starts.Max(start => starts.Count(other => other > start - 1_000 && other <= start));
        output.WriteLine($"50 starts a second after an idle start: at most {most} in any 1,000 ms, {starts.Count} in 9.3 s.");

        Assert.Equal((50, 500), (most, starts.Count));
    }

    private static QueueState Queue(QueueLimits limits) => new(QueueRules.Default, limits, epoch: 1, paused: false);

    private static void Accept(QueueState queue, string id, long now, string user, int priority = 1, int weight = 1) =>
        queue.Intake.Accept(TestJobs.Job(id, now, user, priority: priority, weight: weight), now);

    private IEnumerable<JobStart> Take(QueueState queue, long now, int slots = int.MaxValue) =>
        queue.Take(Worker, slots, ++_poll, now).Starts;

    private static void Complete(QueueState queue, JobStart start, long now) =>
        Assert.NotNull(queue.Runs.Report(new(start.Id, start.Lease, JobOutcomeKind.Completed), now));
}
