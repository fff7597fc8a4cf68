using JubileeVerse.Grains.Tests.Queues.Histories;
using JubileeVerse.Grains.Tests.Queues.Workers;
using JubileeVerse.Queues.Completion;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.State.Jobs;
using JubileeVerse.Queues.Store;
using JubileeVerse.Queues.Store.Statements;
using JubileeVerse.Storage.Batching;
using JubileeVerse.Testing.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace JubileeVerse.Grains.Tests.Queues.Completion;

/// <summary>The notification of owners about ended jobs. The tests run on an exclusive scheduler, as a grain does.</summary>
public sealed class EndNotifierTests(SqliteStore store) : IClassFixture<SqliteStore>
{
    private const int Ends = 100;

    private readonly SteppedClock _clock = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public Task EnqueueEnded_ManyEnds_NotifiesAllWithBoundedConcurrency() => GrainScheduler.RunAsync(async () =>
    {
        var listener = new SlowListener();
        var notifier = Open(listener);
        for (var i = 0; i < Ends; i++)
            notifier.EnqueueEnded(Ended($"many-{i}"));

        for (var i = 0; i < Ends; i++)
        {
            await listener.Entered.WaitAsync(Token);
            listener.Releases.Release();
        }

        Assert.InRange(listener.MostAtOnce, 1, 16);
    });

    [Fact]
    public Task RetryAsync_ClockSetBack_StillNotifies() => GrainScheduler.RunAsync(async () =>
    {
        var listener = new RecordingListener();
        var notifier = Open(listener);
        await notifier.RetryAsync(Token);
        var job = TestJobs.Job("clock") with { Queue = ScriptedProcessor.Name };
        await store.Writes.CommitAsync(
            new WriteUnit(
                JobStatements.Insert(job),
                new Statement("update jobs set state = 'failed', ended_at = 1, told = false where id = @id", ("id", job.Id.Value))),
            Token);
        listener.Result = Task.FromException(new TimeoutException("Scripted."));
        await Assert.ThrowsAsync<TimeoutException>(
            () => notifier.NotifyEndedAsync(new UnacknowledgedEnd(new JobId("other"), null, JobState.Failed, null)));
        listener.Result = Task.CompletedTask;

        _clock.Shift(TimeSpan.FromHours(-1));
        _clock.Advance(TimeSpan.FromSeconds(2));
        await notifier.RetryAsync(Token);

        Assert.Contains(listener.Ends, end => end.Id == job.Id);
    });

    [Fact]
    public Task ReopenAsync_EndNotificationInProgress_StillReopens() => GrainScheduler.RunAsync(async () =>
    {
        var listener = new SlowListener();
        var notifier = Open(listener);
        var ended = Ended("told");
        var notifying = notifier.NotifyEndedAsync(UnacknowledgedEnd.From(ended));
        await listener.Entered.WaitAsync(Token);
        var reopened = false;
        var reopening = notifier.ReopenAsync(ended.Id, null, () =>
        {
            reopened = true;
            return Task.CompletedTask;
        });

        listener.Releases.Release();

        Assert.True(await reopening);
        Assert.True(reopened);
        await notifying;
    });

    [Fact]
    public Task ReopenAsync_ConcurrentCalls_ReopenOnce() => GrainScheduler.RunAsync(async () =>
    {
        var reopenCount = 0;
        var gate = new TaskCompletionSource();
        var notifier = Open(new RecordingListener(), _ => reopenCount > 0);

        var both = new[] { ReopenAsync(), ReopenAsync() };
        gate.SetResult();

        Assert.All(await Task.WhenAll(both), Assert.True);
        Assert.Equal(1, reopenCount);

        Task<bool> ReopenAsync() => notifier.ReopenAsync(new JobId("twice"), null, async () =>
        {
            await gate.Task;
            reopenCount++;
        });
    });

    [Fact]
    public Task NotifyRetrying_ListenerThrows_DoesNotThrow() => GrainScheduler.RunAsync(() =>
    {
        var notifier = Open(new ThrowingListener());

        notifier.NotifyRetrying(Ended("thrown"), TimeSpan.Zero);
        notifier.NotifyMoved(new PositionUpdate(new JobStatus(new JobId("thrown"), JobState.Waiting, 1, null), null));
        return Task.CompletedTask;
    });

    private static JobChange Ended(string id) =>
        new(new JobId(id), JobEvent.FailedForGood, JobState.Failed, 1, 1, 0, 1, null, 1, null, "No.", null, 1, 2) { Priority = 5 };

    private EndNotifier Open(IJobListener listener, Func<JobId, bool>? isOpen = null)
    {
        var notifier = new EndNotifier(new SqlJobStore(store.Database, store.Writes), [listener], _clock, NullLogger<EndNotifier>.Instance);
        notifier.Open(ScriptedProcessor.Name, isOpen ?? (_ => false));
        return notifier;
    }

    private sealed class ThrowingListener : IJobListener
    {
        public string Queue => ScriptedProcessor.Name;

        public Task JobEndedAsync(JobId id, string? orderKey, JobState state, string? failure, CancellationToken cancellationToken) =>
            throw new FormatException();

        public Task JobMovedAsync(JobId id, string? orderKey, int position, int? etaSeconds) => throw new FormatException();

        public Task<bool> JobReopeningAsync(JobId id, string? orderKey, CancellationToken cancellationToken) => throw new FormatException();

        public Task JobRetryingAsync(JobId id, string? orderKey, int nextAttempt, TimeSpan delay) => throw new FormatException();
    }

    /// <summary>Completes one notification for each release of <see cref="Releases"/>.</summary>
    private sealed class SlowListener : IJobListener
    {
        private int _running;

        public string Queue => ScriptedProcessor.Name;

        public SemaphoreSlim Entered { get; } = new(0);

        public SemaphoreSlim Releases { get; } = new(0);

        public int MostAtOnce { get; private set; }

        public async Task JobEndedAsync(JobId id, string? orderKey, JobState state, string? failure, CancellationToken cancellationToken)
        {
            MostAtOnce = Math.Max(MostAtOnce, ++_running);
            Entered.Release();
            await Releases.WaitAsync(Token);
            _running--;
        }

        public Task JobMovedAsync(JobId id, string? orderKey, int position, int? etaSeconds) => Task.CompletedTask;

        public Task<bool> JobReopeningAsync(JobId id, string? orderKey, CancellationToken cancellationToken) => Task.FromResult(true);

        public Task JobRetryingAsync(JobId id, string? orderKey, int nextAttempt, TimeSpan delay) => Task.CompletedTask;
    }
}
