using JubileeVerse.Grains.Tests.Queues.Histories;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.State.Jobs;
using JubileeVerse.Queues.Store;
using JubileeVerse.Queues.Store.Writing;
using JubileeVerse.Storage;
using JubileeVerse.Testing.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace JubileeVerse.Grains.Tests.Queues.Store;

/// <summary>The contract of packed jobs on every database: they are as safe as jobs with rows.</summary>
public abstract class JobPackConformance<TStore> : IClassFixture<TStore>
    where TStore : StoreFixture
{
    private const int Count = 40;

    private readonly TStore _store;
    private readonly SqlJobStore _jobs;
    private readonly FakeTimeProvider _time = new();
    private readonly string _queue = Guid.CreateVersion7(DateTimeOffset.UnixEpoch).ToString();
    private bool _isStale;

    protected JobPackConformance(TStore store)
    {
        _store = store;
        store.SkipWhenMissing();
        _jobs = new SqlJobStore(store.Database, store.Writes);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public Task InsertAsync_ManyJobs_StoresOnePackThatTheNextActivationUnpacks() => GrainScheduler.RunAsync(async () =>
    {
        var first = await ActivateAsync();
        await first.InsertAsync(Jobs());
        Assert.Empty(await RowsAsync());

        await ActivateAsync();

        Assert.Null(await _jobs.OldestPackAsync(_queue, Token));
        Assert.Equal(
            Jobs().Select(entry => (entry.Job.Id, (long?)entry.SortKey, JobState.Waiting)),
            (await RowsAsync()).Select(row => (row.Id, row.SortKey, row.State)));
        Assert.Equal(Jobs().Select(entry => entry.Job), (await _jobs.JobsAsync(_queue, Ids(), Token)).OrderBy(job => job.AcceptedAt));
    });

    [Fact]
    public Task Write_PackedJob_InsertsItsRowWithTheChange() => GrainScheduler.RunAsync(async () =>
    {
        var changes = await ActivateAsync();
        await changes.InsertAsync(Jobs());

        await Task.WhenAll(changes.Write(Ended(3)), changes.Write(Started(5)));

        Assert.Equal(JobState.Completed, (await _jobs.FindAsync(_queue, Id(3), Token))!.State);
        Assert.Equal("fine", (await _jobs.FindAsync(_queue, Id(3), Token))!.Result);
        Assert.Equal([(Id(5), JobState.Active, "worker")], (await RowsAsync()).Select(row => (row.Id, row.State, row.LeaseWorker)));
        Assert.Equal(Jobs()[3].Job, (await _jobs.JobsAsync(_queue, [Id(3)], Token)).Single());
        Assert.False(changes.TryGetPacked(Id(3), out _));
        Assert.True(changes.TryGetPacked(Id(4), out _));
    });

    [Fact]
    public Task OpenAsync_PackWithEndedJobs_UnpacksOnlyTheOthers() => GrainScheduler.RunAsync(async () =>
    {
        var changes = await ActivateAsync();
        await changes.InsertAsync(Jobs());
        await Task.WhenAll(Enumerable.Range(0, 30).Select(i => changes.Write(Ended(i))));

        await ActivateAsync();

        Assert.Equal(Enumerable.Range(30, 10).Select(Id), (await RowsAsync()).Select(row => row.Id));
        Assert.Equal(30, (await _jobs.CountEndedAsync(_queue, Token)).Completed);
    });

    [Fact]
    public Task DeleteAsync_EndedJobOfAPack_IsNotRestored() => GrainScheduler.RunAsync(async () =>
    {
        var changes = await ActivateAsync();
        await changes.InsertAsync(Jobs());
        await changes.Write(Ended(3));

        await changes.DeleteAsync([Id(3)]);
        await ActivateAsync();

        Assert.DoesNotContain(Id(3), (await RowsAsync()).Select(row => row.Id));
        Assert.Null(await _jobs.FindAsync(_queue, Id(3), Token));
        Assert.Equal(Count - 1, (await RowsAsync()).Count);
    });

    [Fact]
    public Task UnpackOldAsync_OldPack_InsertsRowsAndDeletesThePack() => GrainScheduler.RunAsync(async () =>
    {
        var changes = await ActivateAsync();
        await changes.InsertAsync(Jobs());
        _time.Advance(JobChanges.PackedFor - TimeSpan.FromMilliseconds(1));
        await changes.UnpackOldAsync();
        Assert.Empty(await RowsAsync());

        _time.Advance(TimeSpan.FromMilliseconds(1));
        await changes.UnpackOldAsync();

        Assert.Equal(Count, (await RowsAsync()).Count);
        Assert.Null(await _jobs.OldestPackAsync(_queue, Token));
    });

    [Fact]
    public Task UnpackAsync_ChangesInFlight_LosesAndDuplicatesNoJob() => GrainScheduler.RunAsync(async () =>
    {
        var changes = await ActivateAsync();
        await changes.InsertAsync(Jobs());

        await Task.WhenAll(
            [changes.Write(Ended(0)), changes.UnpackAsync(), changes.Write(Ended(1)), changes.UnpackAsync(), changes.Write(Ended(2))]);

        Assert.Equal(Enumerable.Range(3, Count - 3).Select(Id), (await RowsAsync()).Select(row => row.Id));
        Assert.Equal(3, (await _jobs.CountEndedAsync(_queue, Token)).Completed);
        Assert.Null(await _jobs.OldestPackAsync(_queue, Token));
        Assert.False(_isStale);
    });

    [Fact]
    public Task InsertAsync_NewerActivation_StoresNothing() => GrainScheduler.RunAsync(async () =>
    {
        var old = await ActivateAsync();
        await ActivateAsync();

        await Assert.ThrowsAsync<StaleWriterException>(() => old.InsertAsync(Jobs()));

        Assert.True(_isStale);
        Assert.Null(await _jobs.OldestPackAsync(_queue, Token));
    });

    /// <summary>A change that the store rejects does not affect the pack, because the pack is the only stored copy of the job.</summary>
    [Fact]
    public Task Write_StoreRejectsTheRow_KeepsThePack() => GrainScheduler.RunAsync(async () =>
    {
        var changes = await ActivateAsync();
        await changes.InsertAsync(Jobs());
        await _store.Writes.CommitAsync(_jobs.Insert(_queue, [Jobs()[7]]), Token);

        await Assert.ThrowsAnyAsync<Exception>(() => changes.Write(Ended(7)));
        await ActivateAsync();

        Assert.True(_isStale);
        Assert.Equal(Count, (await RowsAsync()).Count);
    });

    private static JobId Id(int i) => new($"job-{i:d4}");

    private static JobId[] Ids() => [.. Enumerable.Range(0, Count).Select(Id)];

    private static JobChange Started(int i) =>
        new(Id(i), JobEvent.Started, JobState.Active, 0, 1, 0, i * 2, null, 1, "worker", null, null, 1, null) { Priority = 5 };

    private static JobChange Ended(int i) =>
        new(Id(i), JobEvent.Completed, JobState.Completed, 1, 1, 0, i * 2, null, 1, null, null, "fine", 1, 2) { Priority = 5 };

    private (Job Job, long SortKey)[] Jobs() =>
        [.. Enumerable.Range(0, Count)
            .Select(i => (new Job(Id(i), _queue, "name", "user", null, i, 5, 1, "{}", 3, 1000, i, null), i * 2L))];

    private async Task<JobChanges> ActivateAsync()
    {
        var changes = new JobChanges(_jobs, _store.Writes, _time, NullLogger<JobChanges>.Instance);
        await changes.OpenAsync(_queue, (await _jobs.RaiseEpochAsync(_queue, Token)).Epoch, () => _isStale = true, Token);
        return changes;
    }

    private async Task<IReadOnlyList<StoredJob>> RowsAsync() =>
        [.. (await _jobs.OpenSinceAsync(_queue, 0, hasSortKey: true, Token)).OrderBy(row => row.Job.AcceptedAt)];
}
