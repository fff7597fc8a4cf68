using JubileeVerse.Grains.Tests.Queues.Workers;
using JubileeVerse.Queues;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Testing.Storage;

namespace JubileeVerse.Grains.Tests.Queues;

/// <summary>The progress and the log lines of runs, as an operator sees them.</summary>
public sealed class QueueNotesTests(SqliteStore store) : IClassFixture<SqliteStore>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task FindAsync_JobWithTwoAttempts_ReturnsTheLinesOfBothRuns()
    {
        await using var cluster = await QueueCluster.StartAsync(store, Token);
        cluster.Processor.Script = (run, _) =>
        {
            run.Log($"attempt {run.Attempt}");
            run.Progress(run.Attempt * 50);
            return Task.FromResult(run.Attempt == 1 ? JobOutcome.Failed("Once more.") : JobOutcome.Completed);
        };

        var added = await cluster.AddAsync(new NewJob("notes", "{}"), Token);
        await cluster.WaitForEndAsync(added.Id, Token);

        var job = await cluster.Queries.FindAsync(ScriptedProcessor.Name, added.Id, Token);
        Assert.Equal(["attempt 1", "attempt 2"], job!.Log);
        Assert.Equal("100%", job.Progress);
    }

    [Fact]
    public async Task NoteAsync_RunningJob_AcceptsItsOwnLeaseAndRejectsAnother()
    {
        await using var cluster = await QueueCluster.StartAsync(store, Token);
        var release = new TaskCompletionSource();
        cluster.Processor.Script = async (run, _) =>
        {
            run.Progress("Reading");
            await release.Task;
            return JobOutcome.Completed;
        };
        var added = await cluster.AddAsync(new NewJob("runs", "{}"), Token);
        JobView? job = null;
        await cluster.Cluster.UntilAsync(
            async () => (job = await cluster.Queries.FindAsync(ScriptedProcessor.Name, added.Id, Token))?.Progress == "Reading",
            "its progress",
            Token);
        var lease = cluster.Processor.Runs.Single().Lease;

        var notes = cluster.Cluster.Grains.GetGrain<IQueueNotesGrain>(ScriptedProcessor.Name);
        Assert.False(await notes.NoteAsync(new JobNote(added.Id, lease with { Number = lease.Number + 1 }, "Stolen", []), Token));
        Assert.True(await notes.NoteAsync(new JobNote(added.Id, lease, null, ["by hand"]), Token));
        release.SetResult();
        await cluster.WaitForEndAsync(added.Id, Token);

        job = await cluster.Queries.FindAsync(ScriptedProcessor.Name, added.Id, Token);
        Assert.Equal(("Reading", "by hand"), (job!.Progress, Assert.Single(job.Log)));
    }
}
