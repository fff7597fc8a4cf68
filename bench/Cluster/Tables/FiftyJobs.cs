using JubileeVerse.Bench.Cluster.Figures;
using JubileeVerse.Bench.Cluster.Load;
using JubileeVerse.Bench.Cluster.Model;
using JubileeVerse.Bench.Cluster.Scenarios;
using JubileeVerse.Bench.Reports;
using JubileeVerse.Testing.Processes;

namespace JubileeVerse.Bench.Cluster.Tables;

/// <summary>One of two silos is killed while it runs fifty jobs: how long until the last of them runs again.</summary>
internal static class FiftyJobs
{
    public const string Name = "fifty-jobs";

    private const int JobCount = 50;

    /// <summary>Of both silos together, so that each runs its half of them.</summary>
    private const int AllJobs = 2 * JobCount;

    /// <summary>No job may end before it has run again.</summary>
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan LookPeriod = TimeSpan.FromMilliseconds(50);

    /// <summary>False: a job was lost, doubled or late.</summary>
    public static async Task<bool> RunAsync(TimedModel model, MarkdownReport report, CancellationToken cancellationToken)
    {
        var duration = model.Duration;
        model.Duration = AnswerTime;
        var isKept = true;
        var rows = new List<IReadOnlyList<string>>();
        foreach (var withQueue in new[] { true, false })
        {
            var which = withQueue ? "the queue's silo" : "the other silo";
            Console.Error.WriteLine($"{Name}: {which}");
            var (account, jobs, seconds) = await KillAsync(model, withQueue, cancellationToken);
            isKept &= account.KeepsThePromise && seconds is not null;
            rows.Add(
            [
                which,
                $"{jobs}",
                seconds is { } known ? Figure.Seconds(known) : "never",
                $"{account.Accepted}",
                $"{account.Count(Verdict.AnsweredOnce)}",
                $"{account.Count(Verdict.Doubled)}",
                $"{account.Count(Verdict.Lost) + account.Count(Verdict.NeverEnded) + account.Count(Verdict.EndedOtherwise) + account.Count(Verdict.WrongText)}",
            ]);
        }

        model.Duration = duration;
        report.Heading("One of two silos killed with its jobs");
        report.Line(
            $"{AllJobs} replies of {Figure.Seconds(AnswerTime)} at once on two silos with {JobCount} slots each, raised to {AllJobs} when they run; kill -9. \"Runs again\" is when the row of the last "
            + "of the dead silo's jobs names the other one.");
        report.Table(["killed", "jobs it ran", "the last runs again after", "accepted", "answered once", "doubled", "lost or otherwise"], rows);
        return isKept;
    }

    private static async Task<(Account Account, int Jobs, TimeSpan? RunsAgain)> KillAsync(
        TimedModel model, bool withQueue, CancellationToken cancellationToken)
    {
        var run = $"{Name}{(withQueue ? 1 : 2)}";
        var settings = ClusterSettings.For(model);
        settings["Queues:AiResponse:ConcurrencyPerSilo"] = $"{JobCount}";
        await using var cluster = await ClusterUnderTest.StartAsync(2, 1, settings, cancellationToken);
        using var crowd = await Crowd.GatherAsync(run, AllJobs, cluster.GatewayAddresses, cancellationToken);
        var turns = await Task.WhenAll(crowd.People.Select(person => person.AskAsync(cancellationToken)));
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var listening = Task.WhenAll(crowd.People.Zip(turns, (person, turn) => person.ListenAsync(turn, limit.Token)));

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
        var isBack = await UntilAsync(
            AnswerTime / 2, async () => (await cluster.RunningJobsAsync(cancellationToken)).GetValueOrDefault(survivor.Number) == AllJobs, cancellationToken);
        var seconds = TimeProvider.System.GetElapsedTime(begin);

        limit.CancelAfter(EndLimit);
        await listening;
        return (await Reading.AccountAsync(crowd, model, run, failedAt, null, cancellationToken), jobs, isBack ? seconds : null);
    }

    private static async Task<bool> UntilAsync(TimeSpan limit, Func<Task<bool>> isSo, CancellationToken cancellationToken)
    {
        var begin = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(begin) < limit)
        {
            if (await isSo())
                return true;
            await Stage.WaitAsync(LookPeriod, cancellationToken);
        }

        return false;
    }
}
