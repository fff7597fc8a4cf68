using JubileeVerse.Bench.Cluster.Figures;
using JubileeVerse.Bench.Cluster.Load;
using JubileeVerse.Bench.Cluster.Model;
using JubileeVerse.Bench.Cluster.Scenarios;
using JubileeVerse.Bench.Reports;
using JubileeVerse.Testing.Processes;

namespace JubileeVerse.Bench.Cluster.Tables;

/// <summary>Kills one of two silos while it runs fifty jobs, and measures the time until the last of them runs again.</summary>
internal static class FiftyJobs
{
    public const string Name = "fifty-jobs";

    private const int JobCount = 50;

    /// <summary>The jobs of both silos together, so that each silo runs half of them.</summary>
    private const int AllJobs = 2 * JobCount;

    /// <summary>Duration of a reply, so long that no job ends before it runs again.</summary>
    private static readonly TimeSpan ReplyDuration = TimeSpan.FromSeconds(30);

    private static readonly Verdict[] Others = [Verdict.Lost, Verdict.NeverEnded, Verdict.FailedOrCancelled, Verdict.WrongText];
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan PollPeriod = TimeSpan.FromMilliseconds(50);

    /// <summary>Returns false if a job was lost, duplicated or late.</summary>
    public static async Task<bool> RunAsync(TimedModel model, MarkdownReport report, CancellationToken cancellationToken)
    {
        var duration = model.Duration;
        model.Duration = ReplyDuration;
        var succeeded = true;
        var rows = new List<IReadOnlyList<string>>();
        foreach (var withQueue in new[] { true, false })
        {
            var which = withQueue ? "the queue's silo" : "the other silo";
            Console.Error.WriteLine($"{Name}: {which}");
            var (account, jobs, seconds) = await KillAsync(model, withQueue, cancellationToken);
            succeeded &= account.KeepsGuarantees && seconds is not null;
            rows.Add(
            [
                which,
                $"{jobs}",
                seconds is { } known ? Figure.Seconds(known) : "never",
                $"{account.Accepted}",
                $"{account.Count(Verdict.RepliedOnce)}",
                $"{account.Count(Verdict.Duplicated)}",
                $"{Others.Sum(account.Count)}",
            ]);
        }

        model.Duration = duration;
        report.Heading("One of two silos killed while it runs jobs");
        report.Line(
            $"{AllJobs} concurrent replies of {Figure.Seconds(ReplyDuration)} on two silos with {JobCount} slots each, "
            + $"raised to {AllJobs} when they run; kill -9. \"Runs again\" is when the rows of all jobs of the dead silo "
            + "have a lease of the other one.");
        report.Table(
            ["killed", "running jobs", "last one runs again after", "accepted", "answered once", "duplicated", "lost or other"], rows);
        return succeeded;
    }

    private static async Task<(RunResult Account, int Jobs, TimeSpan? RunsAgain)> KillAsync(
        TimedModel model, bool withQueue, CancellationToken cancellationToken)
    {
        var run = $"{Name}{(withQueue ? 1 : 2)}";
        var settings = ClusterSettings.For(model);
        settings["Queues:AiResponse:ConcurrencyPerSilo"] = $"{JobCount}";
        await using var cluster = await ClusterUnderTest.StartAsync(2, 1, settings, cancellationToken);
        using var crowd = await UserGroup.CreateAsync(run, AllJobs, cluster.GatewayAddresses, cancellationToken);
        var turns = await Task.WhenAll(crowd.Users.Select(person => person.PostAsync(cancellationToken)));
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var listening = Task.WhenAll(crowd.Users.Zip(turns, (person, turn) => person.FollowAsync(turn, limit.Token)));

        var queueSilo = await cluster.QueueSiloAsync(cancellationToken);
        var victim = withQueue ? queueSilo : cluster.Silos.Single(silo => silo.Number != queueSilo.Number);
        await UntilAsync(
            StartLimit, async () => (await cluster.RunningJobsAsync(cancellationToken)).Values.Sum() == AllJobs, cancellationToken);
        await cluster.SetSlotsAsync(AllJobs, cancellationToken);
        var jobs = (await cluster.RunningJobsAsync(cancellationToken)).GetValueOrDefault(victim.Number);
        var survivor = cluster.Silos.Single(silo => silo.Number != victim.Number);

        var begin = TimeProvider.System.GetTimestamp();
        var failedAt = crowd.Log.Clock.Now;
        await cluster.SignalAsync(victim, ClusterSignal.Kill, cancellationToken);
        var isRunningAgain = await UntilAsync(
            ReplyDuration / 2,
            async () => (await cluster.RunningJobsAsync(cancellationToken)).GetValueOrDefault(survivor.Number) == AllJobs,
            cancellationToken);
        var seconds = TimeProvider.System.GetElapsedTime(begin);

        limit.CancelAfter(EndLimit);
        await listening;
        return (await RunReader.ReadAsync(crowd, model, run, failedAt, null, cancellationToken), jobs, isRunningAgain ? seconds : null);
    }

    private static async Task<bool> UntilAsync(TimeSpan limit, Func<Task<bool>> condition, CancellationToken cancellationToken)
    {
        var begin = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(begin) < limit)
        {
            if (await condition())
                return true;
            await ScenarioContext.WaitAsync(PollPeriod, cancellationToken);
        }

        return false;
    }
}
