using JubileeVerse.Paging;
using JubileeVerse.Queues.State;
using JubileeVerse.Queues.Store;
using JubileeVerse.Storage;
using JubileeVerse.Testing.Storage;

namespace JubileeVerse.Queues;

/// <summary>What every store must do with jobs.</summary>
public abstract class JobStoreConformance
{
    private const long Now = 1_000_000_000_000;
    private const string Queue = "conformance";
    private static int _queues;
    private static readonly long DayMs = (long)TimeSpan.FromDays(1).TotalMilliseconds;

    private readonly StoreFixture _fixture;
    private readonly IJobStore _store;
    private readonly JobRetention _retention;
    private readonly QueueState _state = new(QueueRules.Default, new QueueLimits(10_000, 1_000_000), epoch: 1, paused: false);
    private readonly string _queue = $"{Queue}-{Interlocked.Increment(ref _queues)}";
    private long _poll;

    protected JobStoreConformance(StoreFixture fixture)
    {
        _fixture = fixture;
        _fixture.SkipWhenMissing();
        _store = new SqlJobStore(_fixture.Database, _fixture.Writes);
        _retention = new JobRetention(_store);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RaiseEpochAsync_SecondWriter_LeavesTheFirstStale()
    {
        var first = await _store.RaiseEpochAsync(_queue, Token);
        var second = await _store.RaiseEpochAsync(_queue, Token);

        Assert.Equal(first.Epoch + 1, second.Epoch);
        await AddAsync(Job("a"));
        await Assert.ThrowsAsync<StaleWriterException>(() => CommitAsync(_store.Change(_queue, first.Epoch, [_state.Remove(new JobId("a"), Now)!.Value])));
        await Assert.ThrowsAsync<StaleWriterException>(() => CommitAsync(_store.Delete(_queue, first.Epoch, [new JobId("a")])));
        Assert.Equal(JobState.Waiting, (await _store.FindAsync(_queue, new JobId("a"), Token))!.State);
    }

    [Fact]
    public async Task Insert_JobWithAllItsTerms_IsReadAsItWasWritten()
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
        Assert.Equal((JobState.Delayed, job.ReadyAt, BackoffKind.Fixed, 0.5, 3), (row.State, row.ReadyAt, row.Backoff, row.Jitter, row.Cost));
    }

    [Theory]
    [InlineData(false, "new,old-new")]
    [InlineData(true, "new,placed")]
    public async Task OpenSinceAsync_WithAndWithoutAPlace_AreThoseOfTheWindowOrHoweverOld(bool placed, string expected)
    {
        var epoch = (await _store.RaiseEpochAsync(_queue, Token)).Epoch;
        await EndAsync(epoch, Job("ended") with { AcceptedAt = Now }, Now);
        await AddAsync(Job("placed") with { AcceptedAt = Now }, Job("old") with { AcceptedAt = Now - 1 });
        await CommitAsync(new WriteUnit(
            JobStatements.Insert(Job("new") with { AcceptedAt = Now }), JobStatements.Insert(Job("old-new") with { AcceptedAt = Now - 1 })));

        var open = await _store.OpenSinceAsync(_queue, Now, placed, Token);

        Assert.Equal(expected, string.Join(',', open.Select(row => row.Id.Value).Order()));
    }

    [Fact]
    public async Task Change_NewPriority_IsStored()
    {
        var epoch = (await _store.RaiseEpochAsync(_queue, Token)).Epoch;
        await AddAsync(Job("a"));

        await CommitAsync(_store.Change(_queue, epoch, [_state.SetPriority(new JobId("a"), 2, Now)!.Value]));

        Assert.Equal(2, (await _store.FindAsync(_queue, new JobId("a"), Token))!.Priority);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Reopen_FailedJob_LivesAlsoWhereItsRowIsGone(bool isGone)
    {
        var epoch = (await _store.RaiseEpochAsync(_queue, Token)).Epoch;
        var job = Job("a") with { Deadline = Now + 10 };
        await EndAsync(epoch, job, Now);
        await _store.SetToldAsync(_queue, job.Id, Token);
        var record = (await _store.RecordAsync(_queue, job.Id, Token))!;
        if (isGone)
            await CommitAsync(_store.Delete(_queue, epoch, [job.Id]));

        await CommitAsync(_store.Reopen(record.Job, epoch, _state.RetryByHand(record.Row, Now + 20)!.Value, Now + 20));

        var row = Assert.Single(await _store.LoadAsync(_queue, 0, Token).ToListAsync(Token));
        Assert.Equal((JobState.Waiting, 0, null, null), (row.State, row.AttemptsMade, row.Deadline, row.EndedAt));
    }

    [Fact]
    public async Task Delete_JobWhoseEndIsNotTold_Stays()
    {
        var epoch = (await _store.RaiseEpochAsync(_queue, Token)).Epoch;
        await EndAsync(epoch, Job("untold"), Now);
        await EndAsync(epoch, Job("told"), Now);
        await _store.SetToldAsync(_queue, new JobId("told"), Token);

        await CommitAsync(_store.Delete(_queue, epoch, [new JobId("told"), new JobId("untold")]));

        Assert.Equal(["untold"], (await _store.UntoldAsync(_queue, null, 10, Token)).Select(end => end.Id.Value));
        Assert.Null(await _store.FindAsync(_queue, new JobId("told"), Token));
    }

    [Fact]
    public async Task Delete_JobWhoseEndIsNotStored_Stays()
    {
        var epoch = (await _store.RaiseEpochAsync(_queue, Token)).Epoch;
        await AddAsync(Job("open"));

        await CommitAsync(_store.Delete(_queue, epoch, [new JobId("open")]));

        Assert.NotNull(await _store.FindAsync(_queue, new JobId("open"), Token));
    }

    [Fact]
    public async Task UntoldAsync_MoreThanAPage_AreAllReadOnce()
    {
        var epoch = (await _store.RaiseEpochAsync(_queue, Token)).Epoch;
        await EndManyAsync(epoch, [.. Enumerable.Range(0, 5).Select(i => Job($"{i}"))], JobOutcomeKind.FailedForGood, Now);

        var first = await _store.UntoldAsync(_queue, null, 2, Token);
        var second = await _store.UntoldAsync(_queue, first[^1].Id, 2, Token);
        var last = await _store.UntoldAsync(_queue, second[^1].Id, 2, Token);

        Assert.Equal("01234", string.Concat(first.Concat(second).Concat(last).Select(end => end.Id.Value)));
    }

    [Fact]
    public async Task Change_WhatWasAskedOfARun_IsReadWithItsRow()
    {
        var epoch = (await _store.RaiseEpochAsync(_queue, Token)).Epoch;
        await AddAsync(Job("free"), Job("cancelled"), Job("removed"));
        _state.Poll("w", ++_poll, [], Now);
        await CommitAsync(_store.Change(_queue, epoch, _state.Take("w", 3, _poll, Now).Changes));

        await CommitAsync(_store.Change(
            _queue, epoch, [_state.Cancel(new("cancelled"), Now).Change!.Value, _state.Cancel(new("removed"), Now, StopRequest.Remove).Change!.Value]));

        var rows = await _store.LoadAsync(_queue, 0, Token).ToListAsync(Token);
        Assert.Equal(
            [("cancelled", StopRequest.Cancel), ("free", StopRequest.None), ("removed", StopRequest.Remove)],
            rows.OrderBy(row => row.Id.Value, StringComparer.Ordinal).Select(row => (row.Id.Value, row.Stop)));
        Assert.All(rows, row => Assert.Equal((JobState.Active, "w"), (row.State, row.LeaseWorker)));
    }

    [Fact]
    public async Task Retention_MoreThanIsKept_DeletesTheOldestInOnePass()
    {
        var epoch = (await _store.RaiseEpochAsync(_queue, Token)).Epoch;

        // More than two chunks, all at one instant: the order is that of the ids then.
        var ids = Enumerable.Range(0, 3_100).Select(i => $"{i:D4}").ToArray();
        foreach (var some in ids.Chunk(100))
            await EndManyAsync(epoch, [.. some.Select(id => Job(id))], JobOutcomeKind.Completed, Now);

        await KeepAsync(epoch, Now);

        var kept = await _store.EndedAsync(_queue, JobState.Completed, Now, 5_000, Token);
        Assert.Equal(ids[2_100..], kept.Select(id => id.Value).Order());
    }

    [Fact]
    public async Task Retention_ChildOfAnOpenParent_StaysUntilTheParentHasEnded()
    {
        var epoch = (await _store.RaiseEpochAsync(_queue, Token)).Epoch;
        await AddAsync(Job("parent") with { WaitsForChildren = true });
        await EndManyAsync(
            epoch,
            [Job("child") with { ParentId = new JobId("parent") }, Job("orphan") with { ParentId = new JobId("gone") }, Job("other")],
            JobOutcomeKind.Completed,
            Now);

        await KeepAsync(epoch, Now + DayMs + 1);
        var whileOpen = await _store.ChildrenAsync(_queue, new JobId("parent"), Token);
        var others = await _store.EndedAsync(_queue, JobState.Completed, Now, 100, Token);
        await CommitAsync(_store.Change(_queue, epoch, [_state.Cancel(new JobId("parent"), Now).Change!.Value]));
        await KeepAsync(epoch, Now + DayMs + 1);

        Assert.Equal("child", Assert.Single(whileOpen).Id.Value);
        Assert.Equal("child", Assert.Single(others).Value);
        Assert.Empty(await _store.ChildrenAsync(_queue, new JobId("parent"), Token));
    }

    [Fact]
    public async Task LoadAsync_FailedChildOfABlockedParent_IsReadHoweverOldAfterTheParent()
    {
        var epoch = (await _store.RaiseEpochAsync(_queue, Token)).Epoch;
        await AddAsync(Job("parent") with { WaitsForChildren = true });
        await EndManyAsync(
            epoch,
            [Job("child") with { ParentId = new JobId("parent"), OnFailure = ChildFailure.Continue }, Job("orphan") with { ParentId = new JobId("gone") }, Job("other")],
            JobOutcomeKind.FailedForGood,
            Now);

        var rows = await _store.LoadAsync(_queue, Now + 1, Token).ToListAsync(Token);

        Assert.Equal(
            [("parent", JobState.Blocked, null, ChildFailure.FailParent), ("child", JobState.Failed, "parent", ChildFailure.Continue)],
            rows.Select(row => (row.Id.Value, row.State, row.ParentId, row.OnFailure)));
    }

    [Fact]
    public async Task Retention_RulesOfTheirOwn_AreObeyedJobByJob()
    {
        var epoch = (await _store.RaiseEpochAsync(_queue, Token)).Epoch;
        var none = new KeepRule(0, TimeSpan.FromDays(30));
        var hour = new KeepRule(1_000, TimeSpan.FromHours(1));
        var month = new KeepRule(1_000, TimeSpan.FromDays(30));
        await EndManyAsync(
            epoch,
            [
                Job("default"), Job("none") with { KeepCompleted = none }, Job("hour") with { KeepCompleted = hour },
                Job("month") with { KeepCompleted = month }, Job("failed-rule") with { KeepFailed = none },
            ],
            JobOutcomeKind.Completed,
            Now);

        Assert.Equal(["default", "failed-rule", "hour", "month"], await KeptAsync(Now));
        Assert.Equal(["default", "failed-rule", "hour", "month"], await KeptAsync(Now + (DayMs / 24)));
        Assert.Equal(["default", "failed-rule", "month"], await KeptAsync(Now + (DayMs / 24) + 1));
        Assert.Equal(["default", "failed-rule", "month"], await KeptAsync(Now + DayMs));
        Assert.Equal(["month"], await KeptAsync(Now + DayMs + 1));
        Assert.Empty(await KeptAsync(Now + (30 * DayMs) + 1));

        async Task<string[]> KeptAsync(long now)
        {
            await KeepAsync(epoch, now);
            return [.. (await _store.EndedAsync(_queue, JobState.Completed, now, 100, Token)).Select(id => id.Value).Order()];
        }
    }

    [Fact]
    public async Task Retention_HundredsOfDifferentRules_AllHold()
    {
        var epoch = (await _store.RaiseEpochAsync(_queue, Token)).Epoch;
        await EndManyAsync(
            epoch,
            [
                .. Enumerable.Range(0, 250).Select(i => Job($"age-{i:D3}") with { KeepCompleted = new KeepRule(100_000, TimeSpan.FromSeconds(1 + i)) }),
                .. Enumerable.Range(0, 250).Select(i => Job($"count-{i:D3}") with { KeepCompleted = new KeepRule(i, TimeSpan.FromDays(30)) }),
            ],
            JobOutcomeKind.Completed,
            Now);

        await KeepAsync(epoch, Now + 201_000);

        // All ended at one instant, so ids say how many ended after: of count-249 none, and it keeps itself as long as fewer than 249 did.
        var kept = (await _store.EndedAsync(_queue, JobState.Completed, Now, 1_000, Token)).Select(id => id.Value).Order().ToArray();
        Assert.Equal(Enumerable.Range(200, 50).Select(i => $"age-{i:D3}"), kept.Where(id => id.StartsWith("age", StringComparison.Ordinal)));
        Assert.Equal(Enumerable.Range(125, 125).Select(i => $"count-{i:D3}"), kept.Where(id => id.StartsWith("count", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(null, null, "01234567")]
    [InlineData(JobState.Waiting, null, "4567")]
    [InlineData(JobState.Failed, null, "0123")]
    [InlineData(null, "odd", "1357")]
    [InlineData(JobState.Failed, "odd", "13")]
    public async Task PageAsync_ByStateAndUser_IsInOrderFromBothEnds(JobState? state, string? user, string expected)
    {
        var epoch = (await _store.RaiseEpochAsync(_queue, Token)).Epoch;
        Job[] jobs = [.. Enumerable.Range(0, 8).Select(i => Job($"{i}") with { AcceptedAt = Now - 100 + (i / 2), UserId = i % 2 == 1 ? "odd" : "even" })];
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

    private Task KeepAsync(long epoch, long now) => _retention.KeepAsync(_queue, now, ids => CommitAsync(_store.Delete(_queue, epoch, ids)), Token);

    private Task CommitAsync(WriteUnit unit) => _fixture.Writes.CommitAsync(unit, Token);

    private async Task AddAsync(params Job[] jobs)
    {
        await CommitAsync(_store.Insert(_queue, [.. jobs.Select(job => (job, job.AcceptedAt))]));
        foreach (var job in jobs)
            _state.Accept(job, Now);
    }

    private Task EndAsync(long epoch, Job job, long now) => EndManyAsync(epoch, [job], JobOutcomeKind.FailedForGood, now);

    private async Task EndManyAsync(long epoch, Job[] jobs, JobOutcomeKind outcome, long now)
    {
        await AddAsync(jobs);
        _state.Poll("w", ++_poll, [], now);
        var starts = _state.Take("w", jobs.Length, _poll, now).Starts;
        Assert.Equal(jobs.Length, starts.Length);
        await CommitAsync(_store.Change(
            _queue, epoch, [.. starts.Select(start => _state.Report(new(start.Id, start.Lease, outcome, FailureOf(outcome)), now)!.Value)]));
    }
}

public sealed class SqliteJobStoreTests(SqliteStore store) : JobStoreConformance(store), IClassFixture<SqliteStore>;

public sealed class PostgreSqlJobStoreTests(PostgreSqlStore store) : JobStoreConformance(store), IClassFixture<PostgreSqlStore>;
