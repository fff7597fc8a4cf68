using JubileeVerse.Paging;
using JubileeVerse.Queues;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.State;
using JubileeVerse.Queues.Store;
using JubileeVerse.Storage;
using JubileeVerse.Storage.Batching;

namespace JubileeVerse.Grains.Tests.Queues.Store;

/// <summary>The contract of every job store.</summary>
public abstract partial class JobStoreConformance
{
    private const long Now = 1_000_000_000_000;
    private const string Queue = "conformance";
    private static int _queues;
    private static readonly long DayMs = (long)TimeSpan.FromDays(1).TotalMilliseconds;

    private readonly IJobStore _store;
    private readonly Func<WriteUnit, Task> _commit;
    private readonly JobRetention _retention;
    private readonly QueueState _state = new(QueueRules.Default, new QueueLimits(10_000, 1_000_000), epoch: 1, paused: false);
    private readonly string _queue = $"{Queue}-{Interlocked.Increment(ref _queues)}";
    private long _poll;

    private protected JobStoreConformance(IJobStore store, Func<WriteUnit, Task> commit)
    {
        _store = store;
        _commit = commit;
        _retention = new JobRetention(_store);
    }

    /// <summary>Inserts jobs without a sort key, as a producer that inserts jobs in its own transaction does.</summary>
    protected abstract Task InsertWithoutSortKeyAsync(params Job[] jobs);

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RaiseEpochAsync_SecondWriter_MakesTheFirstStale()
    {
        var first = await _store.RaiseEpochAsync(_queue, Token);
        var second = await _store.RaiseEpochAsync(_queue, Token);

        Assert.Equal(first.Epoch + 1, second.Epoch);
        await AddAsync(Job("a"));
        await Assert.ThrowsAsync<StaleWriterException>(
            () => CommitAsync(_store.Change(_queue, first.Epoch, [_state.Actions.Remove(new JobId("a"), Now)!.Value])));
        await Assert.ThrowsAsync<StaleWriterException>(() => CommitAsync(_store.Delete(_queue, first.Epoch, [new JobId("a")])));
        Assert.Equal(JobState.Waiting, (await _store.FindAsync(_queue, new JobId("a"), Token))!.State);
    }

    [Fact]
    public async Task Insert_JobWithAllSettings_RoundTrips()
    {
        var job = Job("a") with
        {
            UserId = "u",
            OrderKey = "o",
            Backoff = BackoffKind.Fixed,
            Jitter = 0.5,
            TimeoutMs = 5_000,
            Cost = 3,
            ReadyAt = Now + 60_000,
            KeepCompleted = new KeepRule(7, TimeSpan.FromHours(1)),
            KeepFailed = new KeepRule(8, TimeSpan.FromHours(2)),
        };
        await _store.RaiseEpochAsync(_queue, Token);

        await AddAsync(job);
        await AddAsync(job with { Payload = "other" });

        Assert.Equal(job, (await _store.JobsAsync(_queue, [job.Id], Token)).Single());
        var row = Assert.Single(await _store.LoadAsync(_queue, 0, Token).ToListAsync(Token));
        Assert.Equal(
            (JobState.Delayed, job.ReadyAt, BackoffKind.Fixed, 0.5, 3),
            (row.State, row.ReadyAt, row.Job.Backoff, row.Job.Jitter, row.Job.Cost));
    }

    [Theory]
    [InlineData(false, "new,old-new")]
    [InlineData(true, "new,placed")]
    public async Task OpenSinceAsync_WithOrWithoutSortKey_ReturnsJobsOfTheWindowOrOfAnyAge(bool hasSortKey, string expected)
    {
        var epoch = (await _store.RaiseEpochAsync(_queue, Token)).Epoch;
        await EndAsync(epoch, Job("ended") with { AcceptedAt = Now }, Now);
        await AddAsync(Job("placed") with { AcceptedAt = Now }, Job("old") with { AcceptedAt = Now - 1 });
        await InsertWithoutSortKeyAsync(Job("new") with { AcceptedAt = Now }, Job("old-new") with { AcceptedAt = Now - 1 });

        var open = await _store.OpenSinceAsync(_queue, Now, hasSortKey, Token);

        Assert.Equal(expected, string.Join(',', open.Select(row => row.Id.Value).Order()));
    }

    [Fact]
    public async Task FindAsync_JobWithAllSettings_ReturnsThem()
    {
        await _store.RaiseEpochAsync(_queue, Token);
        await AddAsync(Job("a") with
        {
            Deadline = Now + 5_000,
            TimeoutMs = 1_500,
            Backoff = BackoffKind.Fixed,
            Jitter = 0.25,
            Cost = 4,
            DedupKey = "key",
            KeepCompleted = new KeepRule(7, TimeSpan.FromHours(1)),
            KeepFailed = new KeepRule(8, TimeSpan.FromHours(2)),
        });

        var view = (await _store.FindAsync(_queue, new JobId("a"), Token))!;

        Assert.Equal(
            (UnixTime.FromMilliseconds(Now + 5_000), 1.5, BackoffKind.Fixed, 1.0, 0.25),
            (view.Deadline, view.TimeoutSeconds, view.Backoff, view.BackoffSeconds, view.Jitter));
        Assert.Equal((4, 1, "key"), (view.Cost, view.Weight, view.DedupKey));
        Assert.Equal((new KeptJob(7, 3_600), new KeptJob(8, 7_200)), (view.KeepCompleted, view.KeepFailed));
    }

    [Fact]
    public async Task PageAsync_IdsWithTheCursorSeparator_ReturnsTheNextPage()
    {
        await _store.RaiseEpochAsync(_queue, Token);
        await AddAsync(Job("a|1"), Job("a|2"));

        var first = await _store.PageAsync(_queue, new JobQuery(null, null, OldestFirst: true), new PageRequest(1), Token);
        var second = await _store.PageAsync(_queue, new JobQuery(null, null, OldestFirst: true), new PageRequest(1, first.Next), Token);

        Assert.Equal(["a|1", "a|2"], first.Items.Concat(second.Items).Select(job => job.Id.Value));
    }

    [Fact]
    public async Task LoadAsync_OldFailedChildOfABlockedParent_IsLoadedAfterTheParent()
    {
        var epoch = (await _store.RaiseEpochAsync(_queue, Token)).Epoch;
        await AddAsync(Job("parent") with { WaitsForChildren = true });
        await EndManyAsync(
            epoch,
            [
                Job("child") with { ParentId = new JobId("parent"), OnFailure = ChildFailure.Continue },
                Job("orphan") with { ParentId = new JobId("gone") },
                Job("other"),
            ],
            JobOutcomeKind.FailedForGood,
            Now);

        var rows = await _store.LoadAsync(_queue, Now + 1, Token).ToListAsync(Token);

        Assert.Equal(
            [("parent", JobState.Blocked, null, ChildFailure.FailParent), ("child", JobState.Failed, "parent", ChildFailure.Continue)],
            rows.Select(row => (row.Id.Value, row.State, row.Job.ParentId?.Value, row.Job.OnFailure)));
    }

    [Theory]
    [InlineData(null, null, "01234567")]
    [InlineData(JobState.Waiting, null, "4567")]
    [InlineData(JobState.Failed, null, "0123")]
    [InlineData(null, "odd", "1357")]
    [InlineData(JobState.Failed, "odd", "13")]
    public async Task PageAsync_ByStateAndUser_IsOrderedInBothDirections(JobState? state, string? user, string expected)
    {
        var epoch = (await _store.RaiseEpochAsync(_queue, Token)).Epoch;
        Job[] jobs =
        [
            .. Enumerable.Range(0, 8).Select(
                i => Job($"{i}") with { AcceptedAt = Now - 100 + (i / 2), UserId = i % 2 == 1 ? "odd" : "even" }),
        ];
        await EndManyAsync(epoch, jobs[..4], JobOutcomeKind.FailedForGood, Now);
        await AddAsync(jobs[4..]);

        Assert.Equal(expected, await PagesAsync(oldestFirst: true));
        Assert.Equal(string.Concat(expected.Reverse()), await PagesAsync(oldestFirst: false));

        async Task<string> PagesAsync(bool oldestFirst)
        {
            var ids = "";
            string? next = null;
            do
            {
                var page = await _store.PageAsync(_queue, new JobQuery(state, user, oldestFirst), new PageRequest(3, next), Token);
                ids += string.Concat(page.Items.Select(job => job.Id.Value));
                next = page.Next;
            }
            while (next is not null);
            return ids;
        }
    }

    private static string FailureOf(JobOutcomeKind outcome) => outcome == JobOutcomeKind.Completed ? "" : "boom";

    private Job Job(string id) => new(new JobId(id), _queue, "n", null, null, 0, 5, 1, "{}", 3, 1_000, Now - DayMs, null);

    private Task ApplyRetentionAsync(long epoch, long now) =>
        _retention.ApplyAsync(_queue, now, ids => CommitAsync(_store.Delete(_queue, epoch, ids)), Token);

    private Task CommitAsync(WriteUnit unit) => _commit(unit);

    private async Task AddAsync(params Job[] jobs)
    {
        await CommitAsync(_store.Insert(_queue, [.. jobs.Select(job => (job, job.AcceptedAt))]));
        foreach (var job in jobs)
            _state.Intake.Accept(job, Now);
    }

    private Task EndAsync(long epoch, Job job, long now) => EndManyAsync(epoch, [job], JobOutcomeKind.FailedForGood, now);

    private async Task EndManyAsync(long epoch, Job[] jobs, JobOutcomeKind outcome, long now)
    {
        await AddAsync(jobs);
        _state.Runs.Poll("w", ++_poll, [], now);
        var starts = _state.Take("w", jobs.Length, _poll, now).Starts;
        Assert.Equal(jobs.Length, starts.Length);
        await CommitAsync(_store.Change(
            _queue,
            epoch,
            [.. starts.Select(start => _state.Runs.Report(new(start.Id, start.Lease, outcome, FailureOf(outcome)), now)!.Value)]));
    }
}
