using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.State.Jobs;
using JubileeVerse.Queues.Store;
using JubileeVerse.Storage;
using JubileeVerse.Testing.Storage;

namespace JubileeVerse.Grains.Tests.Queues.Store;

/// <summary>The contract of the statements for many jobs on every database.</summary>
public abstract class JobBulkConformance<TStore> : IClassFixture<TStore>
    where TStore : StoreFixture
{
    private const int Jobs = 94;

    private readonly TStore _store;
    private readonly IJobStore _jobs;
    private readonly string _queue = Guid.CreateVersion7(DateTimeOffset.UnixEpoch).ToString();

    protected JobBulkConformance(TStore store)
    {
        _store = store;
        store.SkipWhenMissing();
        _jobs = new SqlJobStore(store.Database, store.Writes);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Insert_PlainAndRichJobs_StoresEachUnchanged()
    {
        Job[] jobs = [.. Enumerable.Range(0, Jobs).Select(i => i % 3 == 0 ? Rich(i) : Plain(i))];

        await _store.Writes.CommitAsync(_jobs.Insert(_queue, [.. jobs.Select(job => (job, job.AcceptedAt * 2))]), Token);

        var stored = await _jobs.JobsAsync(_queue, [.. jobs.Select(job => job.Id)], Token);
        Assert.Equal(jobs, stored.OrderBy(job => job.AcceptedAt));
        Assert.All(await RowsAsync(), row => Assert.Equal((JobState.Waiting, row.Job.AcceptedAt * 2), (row.State, row.SortKey)));
    }

    [Fact]
    public async Task Insert_ExistingId_DoesNotChangeItsRow()
    {
        await _store.Writes.CommitAsync(_jobs.Insert(_queue, [(Plain(1), 1)]), Token);

        await _store.Writes.CommitAsync(_jobs.Insert(_queue, [(Plain(0), 7), (Plain(1), 7)]), Token);

        Assert.Equal([(0, 7), (1, 1)], (await RowsAsync()).Select(row => (row.Job.AcceptedAt, row.SortKey!.Value)));
    }

    [Fact]
    public async Task Change_ManyJobs_WritesTheValuesOfEach()
    {
        var epoch = await InsertAsync(Jobs);

        await _store.Writes.CommitAsync(
            _jobs.Change(_queue, epoch, [.. Enumerable.Range(0, Jobs).Select(i => i % 2 == 0 ? Started(i) : Ended(i))]), Token);

        var rows = await RowsAsync();
        Assert.Equal(Jobs, rows.Count);
        Assert.All(rows.Where(row => row.Job.AcceptedAt % 2 == 0), row => Assert.Equal(
            (JobState.Active, row.Job.AcceptedAt + 5, "worker", null), (row.State, row.LeaseRun, row.LeaseWorker, row.EndedAt)));
        Assert.All(rows.Where(row => row.Job.AcceptedAt % 2 == 1), row => Assert.Equal(
            (JobState.Completed, 1, row.Job.AcceptedAt + 9), (row.State, row.AttemptsMade, row.EndedAt)));
        Assert.Equal("done 1", (await _jobs.FindAsync(_queue, Id(1), Token))!.Result);
    }

    [Fact]
    public async Task Change_SortKeyOfAnEndedJob_LeavesItEnded()
    {
        var epoch = await InsertAsync(2);
        await _store.Writes.CommitAsync(_jobs.Change(_queue, epoch, [Ended(0)]), Token);

        await _store.Writes.CommitAsync(_jobs.Change(_queue, epoch, [WithSortKey(0), WithSortKey(1)]), Token);

        Assert.Equal(
            [(JobState.Completed, 0), (JobState.Waiting, 44)], (await RowsAsync()).Select(row => (row.State, (int)row.SortKey!.Value)));
    }

    [Fact]
    public async Task Change_OlderEpoch_FailsAndWritesNothing()
    {
        var epoch = await InsertAsync(2);
        await _jobs.RaiseEpochAsync(_queue, Token);

        await Assert.ThrowsAsync<StaleWriterException>(
            () => _store.Writes.CommitAsync(_jobs.Change(_queue, epoch, [Ended(0), Ended(1)]), Token));

        Assert.All(await RowsAsync(), row => Assert.Equal(JobState.Waiting, row.State));
    }

    private static JobId Id(int i) => new($"job-{i}");

    private static JobChange WithSortKey(int i) =>
        new(Id(i), null, JobState.Waiting, 0, 0, 0, 44, null, null, null, null, null, null, null) { Priority = 5 };

    private static JobChange Started(int i) =>
        new(Id(i), JobEvent.Started, JobState.Active, 0, 1, 0, i, null, i + 5, "worker", null, null, 8, null) { Priority = 5 };

    private static JobChange Ended(int i) =>
        new(Id(i), JobEvent.Completed, JobState.Completed, 1, 1, 0, i, null, i + 5, null, null, $"done {i}", null, i + 9) { Priority = 5 };

    private Job Plain(int i) => new(Id(i), _queue, "test", i % 2 == 0 ? "user" : null, null, i, 5, 1, $"{{\"i\":{i}}}", 3, 1000, i, null);

    private Job Rich(int i) => Plain(i) with
    {
        Backoff = BackoffKind.Fixed,
        Jitter = 0.5,
        TimeoutMs = 10,
        Cost = 3,
        DedupKey = "key",
        KeepCompleted = new KeepRule(1, TimeSpan.FromSeconds(2)),
        KeepFailed = new KeepRule(3, TimeSpan.FromSeconds(4)),
        ParentId = new JobId("parent"),
        OnFailure = ChildFailure.Ignore,
    };

    private async Task<long> InsertAsync(int count)
    {
        var head = await _jobs.RaiseEpochAsync(_queue, Token);
        await _store.Writes.CommitAsync(_jobs.Insert(_queue, [.. Enumerable.Range(0, count).Select(i => (Plain(i), (long)i))]), Token);
        return head.Epoch;
    }

    private async Task<List<StoredJob>> RowsAsync()
    {
        var rows = new List<StoredJob>();
        await foreach (var row in _jobs.LoadAsync(_queue, 0, Token))
            rows.Add(row);
        return [.. rows.OrderBy(row => row.Job.AcceptedAt)];
    }
}
