using JubileeVerse.Grains.Tests.Queues.Histories;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.State.Jobs;
using JubileeVerse.Queues.Store;
using JubileeVerse.Queues.Store.Writing;
using JubileeVerse.Storage;
using JubileeVerse.Storage.Batching;
using JubileeVerse.Testing.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace JubileeVerse.Grains.Tests.Queues.Store;

public sealed class JobChangesTests : IClassFixture<SqliteStore>
{
    private readonly HeldWrites _writes = new();
    private readonly FakeTimeProvider _time = new();
    private readonly JobChanges _changes;

    public JobChangesTests(SqliteStore store) =>
        _changes = new JobChanges(new SqlJobStore(store.Database, _writes), _writes, _time, NullLogger<JobChanges>.Instance);

    [Fact]
    public Task WriteStart_NoOtherWrite_IsWrittenAfterTheDelay() => GrainScheduler.RunAsync(async () =>
    {
        _changes.WriteStart(Started("a"));
        Assert.True(_writes.IsEmpty);

        _time.Advance(TimeSpan.FromMilliseconds(10));

        Assert.Contains("active", await _writes.NextAsync());
        await EndAsync();
    });

    [Fact]
    public Task WriteStart_RunEndsWithinTheDelay_IsNeverWritten() => GrainScheduler.RunAsync(async () =>
    {
        _changes.WriteStart(Started("a"));
        var ended = _changes.Write(Ended("a"));

        Assert.DoesNotContain("active", await _writes.NextAsync());
        _time.Advance(TimeSpan.FromMilliseconds(10));
        _writes.Commit();
        await ended;
        Assert.True(_writes.IsEmpty);
    });

    [Fact]
    public Task WriteStart_RunEndsWhileAnotherUnitIsInFlight_IsNeverWritten() => GrainScheduler.RunAsync(async () =>
    {
        var other = _changes.Write(Ended("other"));
        await _writes.NextAsync();
        _changes.WriteStart(Started("a"));
        var ended = _changes.Write(Ended("a"));

        _writes.Commit();
        await other;

        var unit = await _writes.NextAsync();
        Assert.DoesNotContain("active", unit);
        Assert.Equal(1, unit.Count(value => value is "a" or "other"));
        _writes.Commit();
        await ended;
    });

    [Fact]
    public Task WriteStart_RunContinues_IsWrittenAfterTheUnitInFlight() => GrainScheduler.RunAsync(async () =>
    {
        var other = _changes.Write(Ended("other"));
        await _writes.NextAsync();
        _changes.WriteStart(Started("a"));

        _writes.Commit();
        await other;

        Assert.Contains("active", await _writes.NextAsync());
        await EndAsync();
    });

    [Fact]
    public Task WriteStart_ContinuousWrites_IsDeferredByOneUnit() => GrainScheduler.RunAsync(async () =>
    {
        var first = _changes.Write(Ended("first"));
        await _writes.NextAsync();
        _changes.WriteStart(Started("a"));
        var second = _changes.Write(Ended("second"));
        _writes.Commit();
        await first;

        Assert.DoesNotContain("active", await _writes.NextAsync());
        var third = _changes.Write(Ended("third"));
        _writes.Commit();
        await second;

        Assert.Subset((await _writes.NextAsync()).ToHashSet(), new HashSet<object?> { "a", "active", "third" });
        _writes.Commit();
        await third;
    });

    /// <summary>
    /// A job that a failed write took out of its pack never gets a row, so a caller that waited for the row would wait forever.
    /// </summary>
    [Fact]
    public Task UnpackAsync_WriteOfAFirstRowFails_Fails() => GrainScheduler.RunAsync(async () =>
    {
        var inserted = _changes.InsertAsync([.. Enumerable.Range(0, JobPacks.MinJobs).Select(i => (TestJobs.Job($"packed-{i}"), (long)i))]);
        await _writes.NextAsync();
        _writes.Commit();
        await inserted;
        var started = _changes.Write(Started("packed-0"));
        await _writes.NextAsync();

        var unpacking = _changes.UnpackAsync();
        _writes.Fail();

        await Assert.ThrowsAsync<TimeoutException>(() => started);
        await Assert.ThrowsAnyAsync<Exception>(() => unpacking);
        await Assert.ThrowsAsync<StoreUnavailableException>(_changes.UnpackAsync);
    });

    private static JobChange Started(string id) =>
        new(new JobId(id), JobEvent.Started, JobState.Active, 0, 1, 0, 1, null, 1, "w", null, null, 1, null) { Priority = 5 };

    private static JobChange Ended(string id) =>
        new(new JobId(id), JobEvent.Completed, JobState.Completed, 1, 1, 0, 1, null, 1, null, null, null, 1, 2) { Priority = 5 };

    private async Task EndAsync()
    {
        _writes.Commit();
        await _changes.FlushAsync();
    }

    /// <summary>Exposes the values of each unit, and ends a unit when the test commits it or fails it.</summary>
    private sealed class HeldWrites : IWriteBatcher
    {
        private readonly SemaphoreSlim _sent = new(0);
        private readonly Queue<(WriteUnit Unit, TaskCompletionSource Done)> _units = new();
        private TaskCompletionSource _current = new();

        public Task CommitAsync(WriteUnit unit, CancellationToken cancellationToken = default)
        {
            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _units.Enqueue((unit, done));
            _sent.Release();
            return done.Task;
        }

        public bool IsEmpty => _units.Count == 0;

        public PendingWrite Enqueue(WriteUnit unit) => throw new NotSupportedException();

        /// <summary>The values of the next unit.</summary>
        public async Task<object?[]> NextAsync()
        {
            await _sent.WaitAsync(TestContext.Current.CancellationToken);
            (var unit, _current) = _units.Dequeue();
            return [.. unit.Statements.SelectMany(statement => statement.Parameters.Select(parameter => parameter.Value))];
        }

        /// <summary>Commits the unit whose values <see cref="NextAsync"/> returned last.</summary>
        public void Commit() => _current.SetResult();

        public void Fail() => _current.SetException(new TimeoutException("Scripted."));
    }
}
