using System.Collections.Immutable;
using JubileeVerse.Grains.Tests.Queues.Configuration;
using JubileeVerse.Grains.Tests.Queues.Dispatch;
using JubileeVerse.Grains.Tests.Queues.Events;
using JubileeVerse.Grains.Tests.Queues.Workers;
using JubileeVerse.Queues;
using JubileeVerse.Queues.Completion;
using JubileeVerse.Queues.Configuration;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.State;
using JubileeVerse.Queues.Store;
using JubileeVerse.Queues.Store.Writing;
using JubileeVerse.Queues.Workers;
using JubileeVerse.Storage;
using JubileeVerse.Storage.Batching;
using JubileeVerse.Testing.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace JubileeVerse.Grains.Tests.Queues;

/// <summary>
/// The parts of one activation of a queue over a store, without a cluster and without ticks. A test uses it on an exclusive scheduler, as a
/// grain does, and ends after all its writes.
/// </summary>
internal sealed class TestQueue : IAsyncDisposable
{
    public const string Name = ScriptedProcessor.Name;
    public const string Worker = "127.0.0.1:11111@1";

    private readonly ServiceProvider _services =
        new ServiceCollection().AddMetrics().AddSingleton<QueueInstruments>().BuildServiceProvider();

    private readonly FailableWrites _writes;
    private long _poll;

    private TestQueue(StoreFixture store, FakeTimeProvider time)
    {
        _writes = new FailableWrites(store.Writes);
        Time = time;
    }

    public FakeTimeProvider Time { get; }

    public TestMembership Membership { get; } = new();

    public RecordingOutboxes Outboxes { get; } = new();

    public QueueParts Parts { get; private set; } = null!;

    /// <summary>How often the queue asked its grain to deactivate.</summary>
    public int Deactivations { get; private set; }

    /// <summary>Whether each write fails.</summary>
    public bool IsFailing
    {
        set => _writes.IsFailing = value;
    }

    /// <summary>Activates the queue over an empty store.</summary>
    public static async Task<TestQueue> ActivateAsync(StoreFixture store, QueueOptions? options = null, IJobListener? listener = null)
    {
        await store.ClearQueuesAsync(TestContext.Current.CancellationToken);
        var queue = new TestQueue(store, new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(50)));
        await queue.OpenAsync(store, options ?? new QueueOptions(), listener);
        return queue;
    }

    /// <summary>Ends this activation and starts the next one over the same store.</summary>
    public async Task<TestQueue> MoveAsync(StoreFixture store)
    {
        await DisposeAsync();
        var queue = new TestQueue(store, Time);
        await queue.OpenAsync(store, new QueueOptions(), null);
        return queue;
    }

    public async Task<JobId> AddAsync(NewJob? job = null) => (await Parts.Intake.AddAsync([job ?? new NewJob("job", "{}")])).Single().Id;

    public Task<PollResult> PollAsync(int slots = 1, params ImmutableArray<HeldLease> held) => Parts.Dispatcher.PollAsync(
        new WorkerPoll(Worker, ++_poll, slots, held, null), TestContext.Current.CancellationToken);

    /// <summary>Polls once and reports the granted job as completed.</summary>
    public async Task<JobId> CompleteNextAsync()
    {
        var grant = (await PollAsync()).Grants.Single();
        await Parts.Dispatcher.ReportAsync([new JobReport(grant.Job.Id, grant.Lease, JobOutcomeKind.Completed)]);
        return grant.Job.Id;
    }

    /// <summary>The stored job; null when it has no row.</summary>
    public async Task<JobView?> StoredAsync(JobId id)
    {
        await Parts.Context.Changes.UnpackAsync();
        return await Parts.Context.Store.FindAsync(Name, id, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await Parts.Context.Changes.FlushAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _services.DisposeAsync();
    }

    private async Task OpenAsync(StoreFixture store, QueueOptions options, IJobListener? listener)
    {
        var jobs = new SqlJobStore(store.Database, _writes);
        var changes = new JobChanges(jobs, _writes, Time, NullLogger<JobChanges>.Instance);
        var claims = new JobClaims(new SqlClaimStore(store.Database, _writes), _writes, Time);
        var activator = new QueueActivator(
            new QueueStorage(
                jobs, changes, claims, new JobRetention(jobs), new SqlScheduleStore(store.Database), new NoteStore(_writes)),
            new EndNotifier(jobs, listener is null ? [] : [listener], Time, NullLogger<EndNotifier>.Instance),
            Outboxes,
            new SiloLiveness(Membership),
            new QueueCatalog([new QueueDefinition(Name)], new TestQueueOptions { Valid = options }),
            _services.GetRequiredService<QueueInstruments>(),
            Time,
            Random.Shared,
            NullLogger<QueueGrain>.Instance);
        Parts = await activator.ActivateAsync(Name, () => Deactivations++, TestContext.Current.CancellationToken);
        Time.Advance(TimeSpan.FromMilliseconds(QueueRules.Default.AdoptionMs)); // Until then, no job starts.
    }

    private sealed class FailableWrites(IWriteBatcher writes) : IWriteBatcher
    {
        public bool IsFailing { get; set; }

        public Task CommitAsync(WriteUnit unit, CancellationToken cancellationToken = default) =>
            IsFailing ? Task.FromException(new StaleWriterException("Scripted.")) : writes.CommitAsync(unit, cancellationToken);

        public PendingWrite Enqueue(WriteUnit unit) => writes.Enqueue(unit);
    }
}
