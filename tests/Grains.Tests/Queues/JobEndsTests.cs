using JubileeVerse.Queues.State;
using JubileeVerse.Queues.Store;
using JubileeVerse.Storage;
using JubileeVerse.Testing.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace JubileeVerse.Queues;

/// <summary>How ends are told to whoever waits for them. It is called in turns, as a grain does.</summary>
public sealed class JobEndsTests(SqliteStore store) : IClassFixture<SqliteStore>
{
    private const int Ends = 100;

    private readonly SteppedClock _clock = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public Task Tell_ManyAtOnce_TellsAllAndFewAtATime() => Turns.RunAsync(async () =>
    {
        var listener = new SlowListener();
        var ends = Open(listener);
        for (var i = 0; i < Ends; i++)
            ends.Tell(Ended($"many-{i}"));

        for (var i = 0; i < Ends; i++)
        {
            await listener.Entered.WaitAsync(Token);
            listener.Answers.Release();
        }

        Assert.InRange(listener.MostAtOnce, 1, 16);
    });

    [Fact]
    public Task RetryAsync_TheClockWasSetBack_GoesOn() => Turns.RunAsync(async () =>
    {
        var listener = new RecordingListener();
        var ends = Open(listener);
        await ends.RetryAsync(Token);
        var job = TestJobs.Job("clock") with { Queue = ScriptedProcessor.Name };
        await store.Writes.CommitAsync(
            new WriteUnit(
                JobStatements.Insert(job),
                new Statement("update jobs set state = 'failed', ended_at = 1, told = false where id = @id", ("id", job.Id.Value))),
            Token);
        listener.Answer = Task.FromException(new TimeoutException("Scripted."));
        await Assert.ThrowsAsync<TimeoutException>(() => ends.TellNowAsync(new UntoldEnd(new JobId("other"), null, JobState.Failed, null)));
        listener.Answer = Task.CompletedTask;

        _clock.Set(TimeSpan.FromHours(-1));
        _clock.Pass(TimeSpan.FromSeconds(2));
        await ends.RetryAsync(Token);

        Assert.Contains(listener.Ends, end => end.Id == job.Id);
    });

    [Fact]
    public Task ReopenAsync_TheEndIsBeingTold_AsksAllTheSame() => Turns.RunAsync(async () =>
    {
        var listener = new SlowListener();
        var ends = Open(listener);
        var ended = Ended("told");
        var telling = ends.TellNowAsync(UntoldEnd.Of(ended));
        await listener.Entered.WaitAsync(Token);
        var lives = false;
        var reopening = ends.ReopenAsync(ended.Id, null, () =>
        {
            lives = true;
            return Task.CompletedTask;
        });

        listener.Answers.Release();

        Assert.True(await reopening);
        Assert.True(lives);
        await telling;
    });

    [Fact]
    public Task ReopenAsync_AnotherCallWasQuicker_LetsItLiveOnce() => Turns.RunAsync(async () =>
    {
        var lived = 0;
        var live = new TaskCompletionSource();
        var ends = Open(new RecordingListener(), _ => lived > 0);

        var both = new[] { ReopenAsync(), ReopenAsync() };
        live.SetResult();

        Assert.All(await Task.WhenAll(both), Assert.True);
        Assert.Equal(1, lived);

        Task<bool> ReopenAsync() => ends.ReopenAsync(new JobId("twice"), null, async () =>
        {
            await live.Task;
            lived++;
        });
    });

    [Fact]
    public Task TellRetry_TheListenerThrows_CostsNobodyAnything() => Turns.RunAsync(() =>
    {
        var ends = Open(new ThrowingListener());

        ends.TellRetry(Ended("thrown"), TimeSpan.Zero);
        ends.TellMove(new JobMove(new JobStanding(new JobId("thrown"), JobState.Waiting, 1, null), null));
        return Task.CompletedTask;
    });

    private static JobChange Ended(string id) =>
        new(new JobId(id), JobEvent.FailedForGood, JobState.Failed, 1, 1, 0, 1, null, 1, null, "No.", null, 1, 2) { Priority = 5 };

    private JobEnds Open(IJobListener listener, Func<JobId, bool>? isOpen = null)
    {
        var ends = new JobEnds(new SqlJobStore(store.Database, store.Writes), [listener], _clock, NullLogger<JobEnds>.Instance);
        ends.Open(ScriptedProcessor.Name, isOpen ?? (_ => false));
        return ends;
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

    /// <summary>It answers as often as it is let.</summary>
    private sealed class SlowListener : IJobListener
    {
        private int _now;

        public string Queue => ScriptedProcessor.Name;

        public SemaphoreSlim Entered { get; } = new(0);

        public SemaphoreSlim Answers { get; } = new(0);

        public int MostAtOnce { get; private set; }

        public async Task JobEndedAsync(JobId id, string? orderKey, JobState state, string? failure, CancellationToken cancellationToken)
        {
            MostAtOnce = Math.Max(MostAtOnce, ++_now);
            Entered.Release();
            await Answers.WaitAsync(Token);
            _now--;
        }

        public Task JobMovedAsync(JobId id, string? orderKey, int position, int? etaSeconds) => Task.CompletedTask;

        public Task<bool> JobReopeningAsync(JobId id, string? orderKey, CancellationToken cancellationToken) => Task.FromResult(true);

        public Task JobRetryingAsync(JobId id, string? orderKey, int nextAttempt, TimeSpan delay) => Task.CompletedTask;
    }
}
