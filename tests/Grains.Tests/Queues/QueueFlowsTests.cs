using System.Collections.Immutable;
using JubileeVerse.Errors;
using JubileeVerse.Grains.Tests.Queues.Workers;
using JubileeVerse.Queues;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Testing.Storage;

namespace JubileeVerse.Grains.Tests.Queues;

/// <summary>Flows in a silo with a store.</summary>
public sealed class QueueFlowsTests(SqliteStore store) : IClassFixture<SqliteStore>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AddFlowAsync_ParentRuns_FindsTheResultsOfItsChildren()
    {
        await using var cluster = await StartAsync();
        ImmutableArray<JobView> found = [];
        cluster.Processor.Script = async (run, cancellationToken) =>
        {
            if (run.Job.Name != "parent")
            {
                return run.Job.Name == "bad"
                    ? JobOutcome.FailedForGood("Boom.")
                    : new JobOutcome(JobOutcomeKind.Completed, $"of {run.Job.Name}");
            }

            found = await cluster.Queries.ChildrenAsync(ScriptedProcessor.Name, run.Job.Id, cancellationToken);
            return JobOutcome.Completed;
        };

        var added = await cluster.Intake.AddFlowAsync(Flow(Child("one"), Child("bad", ChildFailure.Ignore), Child("two")), Token);

        Assert.Equal(JobState.Completed, await cluster.WaitForEndAsync(added.Parent.Id, Token));
        Assert.Equal(added.Children.Select(child => child.Id), found.Select(child => child.Id));
        Assert.Equal(["of one", "Boom.", "of two"], found.Select(child => child.Result ?? child.Failure));
        Assert.All(found, child => Assert.Equal(added.Parent.Id, child.ParentId));
    }

    [Fact]
    public async Task AddFlowAsync_ChildFails_FailsTheParentWithoutARun()
    {
        await using var cluster = await StartAsync();
        cluster.Processor.Script = (_, _) => Task.FromResult(JobOutcome.FailedForGood("Boom."));

        var added = await cluster.Intake.AddFlowAsync(Flow(Child("bad")), Token);

        Assert.Equal(JobState.Failed, await cluster.WaitForEndAsync(added.Parent.Id, Token));
        var parent = await cluster.Queries.FindAsync(ScriptedProcessor.Name, added.Parent.Id, Token);
        Assert.Equal(($"Child job {added.Children[0].Id} failed.", 0), (parent!.Failure, parent.StartedCount));
        Assert.DoesNotContain("parent", cluster.Processor.JobNames);
    }

    [Fact]
    public async Task AddFlowAsync_QueueMovesInBetween_ParentStillWaitsAndThenRuns()
    {
        await using var cluster = await StartAsync();
        cluster.Processor.Script = (run, _) =>
            Task.FromResult(run.Job.Name == "later" && run.Attempt == 1 ? JobOutcome.Failed("Again.") : JobOutcome.Completed);
        var added = await cluster.Intake.AddFlowAsync(
            Flow(Child("now"), new NewChild(new NewJob("later", "{}") { Delay = TimeSpan.FromSeconds(30) })), Token);
        await cluster.WaitForEndAsync(added.Children[0].Id, Token);

        await cluster.MoveAsync();
        var status = await cluster.Queue.GetAsync(Token);
        await cluster.WaitForEndAsync(added.Children[1].Id, Token);
        await cluster.MoveAsync();

        Assert.Equal((1, 1), (status.Blocked, status.Delayed));
        Assert.Equal(JobState.Completed, await cluster.WaitForEndAsync(added.Parent.Id, Token));
        Assert.Equal(["now", "later", "later", "parent"], cluster.Processor.JobNames);
    }

    [Fact]
    public async Task AddFlowAsync_ParentExists_AddsNothing()
    {
        await using var cluster = await StartAsync();
        await cluster.Queue.PauseAsync(Token);
        var flow = Flow(Child("one")) with { Parent = new NewJob("parent", "{}") { Id = new JobId("flow-twice") } };

        var first = await cluster.Intake.AddFlowAsync(flow, Token);
        var again = await cluster.Intake.AddFlowAsync(flow, Token);

        Assert.Equal(
            (JobState.Blocked, false, JobState.Waiting), (first.Parent.State, first.Parent.IsDuplicate, first.Children.Single().State));
        Assert.Equal((first.Parent.Id, JobState.Blocked, true), (again.Parent.Id, again.Parent.State, again.Parent.IsDuplicate));
        Assert.Empty(again.Children);
        Assert.Single(await cluster.Queries.ChildrenAsync(ScriptedProcessor.Name, first.Parent.Id, Token));
        await EmptyAsync(cluster);
    }

    [Fact]
    public async Task AddFlowAsync_KeyOfAChildIsClaimed_RefusesTheWholeFlow()
    {
        await using var cluster = await StartAsync();
        await cluster.Queue.PauseAsync(Token);
        await cluster.AddAsync(new NewJob("other", "{}") { DedupKey = "taken" }, Token);

        var fault = await Assert.ThrowsAsync<JubileeException>(
            () => cluster.Intake.AddFlowAsync(
                Flow(Child("free"), new NewChild(new NewJob("bound", "{}") { DedupKey = "taken" })), Token));

        Assert.Equal(ErrorCode.JobStateConflict, fault.Code);
        var status = await cluster.Queue.GetAsync(Token);
        Assert.Equal((1, 0), (status.Waiting, status.Blocked));
        await EmptyAsync(cluster);
    }

    [Fact]
    public async Task RemoveJobAsync_LastChild_MakesTheParentReady()
    {
        await using var cluster = await StartAsync();
        await cluster.Queue.PauseAsync(Token);
        var added = await cluster.Intake.AddFlowAsync(Flow(Child("one")), Token);

        await Admin(cluster).RemoveJobAsync(added.Children[0].Id, Token);

        Assert.Equal(JobState.Waiting, (await cluster.Queue.GetJobStatusAsync(added.Parent.Id, Token))!.State);
        await EmptyAsync(cluster);
    }

    [Fact]
    public async Task DrainAsync_Flow_DeletesTheParentToo()
    {
        await using var cluster = await StartAsync();
        await cluster.Queue.PauseAsync(Token);
        var added = await cluster.Intake.AddFlowAsync(Flow(Child("one"), Child("two")), Token);

        var status = await Admin(cluster).DrainAsync(delayed: false, Token);

        Assert.Equal((0, 0), (status.Waiting, status.Blocked));
        Assert.Null(await cluster.Queries.FindAsync(ScriptedProcessor.Name, added.Parent.Id, Token));
        await cluster.Queue.ResumeAsync(Token);
    }

    private static NewFlow Flow(params NewChild[] children) => new(new NewJob("parent", "{}"), [.. children]);

    private static NewChild Child(string name, ChildFailure onFailure = ChildFailure.FailParent) =>
        new(new NewJob(name, "{}")) { OnFailure = onFailure };

    private static IQueueAdminGrain Admin(QueueCluster cluster) =>
        cluster.Cluster.Grains.GetGrain<IQueueAdminGrain>(ScriptedProcessor.Name);

    /// <summary>Empties the queue, because the other tests share the store.</summary>
    private static async Task EmptyAsync(QueueCluster cluster)
    {
        await Admin(cluster).DrainAsync(delayed: true, Token);
        await cluster.Queue.ResumeAsync(Token);
    }

    private Task<QueueCluster> StartAsync() => QueueCluster.StartAsync(store, Token);
}
