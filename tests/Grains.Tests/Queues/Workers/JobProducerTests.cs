using System.Collections.Immutable;
using System.Threading.Channels;
using JubileeVerse.Errors;
using JubileeVerse.Queues;
using JubileeVerse.Queues.Jobs;

namespace JubileeVerse.Grains.Tests.Queues.Workers;

public sealed class JobProducerTests
{
    private readonly ScriptedIntake _intake = new();
    private readonly JobProducer _producer;

    public JobProducerTests() => _producer = new(_ => _intake);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AddAsync_TwoCallsInFlight_JoinsTheNextCallInOrder()
    {
        var (first, firstCall) = await AddAloneAsync("a");
        var (second, secondCall) = await AddAloneAsync("b");
        Task<AddedJob>[] later = [AddAsync("c"), AddAsync("d"), AddAsync("e")];

        firstCall.Complete();
        var thirdCall = await _intake.NextAsync();
        secondCall.Complete();
        thirdCall.Complete();

        Assert.Equal(["c", "d", "e"], thirdCall.Names);
        Assert.Equal(["a", "b", "c", "d", "e"], (await Task.WhenAll([first, second, .. later])).Select(added => added.Id.Value));
    }

    [Fact]
    public async Task AddAsync_OneJobOfACallRefused_FailsOnlyThatJob()
    {
        var blocking = await FillAsync();
        Task<AddedJob>[] added = [AddAsync("a"), AddAsync("b"), AddAsync("bad"), AddAsync("c")];

        blocking.Complete();
        (await _intake.NextAsync()).Fail(Refusal());
        (await _intake.NextAsync()).Complete();
        (await _intake.NextAsync()).Fail(Refusal());
        (await _intake.NextAsync()).Fail(Refusal());
        var last = await _intake.NextAsync();
        last.Complete();

        Assert.Equal(["c"], last.Names);
        Assert.Equal(["a", "b", "c"], (await Task.WhenAll(added[0], added[1], added[3])).Select(job => job.Id.Value));
        Assert.Equal("jobs[0].name", (await Assert.ThrowsAsync<JubileeException>(() => added[2])).Field);
    }

    [Fact]
    public async Task AddAsync_CallTimesOut_FailsAllItsJobsWithoutRetry()
    {
        var blocking = await FillAsync();
        Task<AddedJob>[] added = [AddAsync("a"), AddAsync("b")];

        blocking.Complete();
        (await _intake.NextAsync()).Fail(new TimeoutException());

        foreach (var add in added)
            await Assert.ThrowsAsync<TimeoutException>(() => add);
        var next = AddAsync("c");
        Assert.Equal(["c"], (await _intake.NextAsync()).CompleteAndGetNames());
        await next;
    }

    [Theory]
    [InlineData(ErrorCode.Unavailable)]
    [InlineData(ErrorCode.Internal)]
    public async Task AddAsync_UnknownOutcome_FailsAllJobsOfTheCallWithoutRetry(ErrorCode code)
    {
        var blocking = await FillAsync();
        Task<AddedJob>[] added = [AddAsync("a"), AddAsync("b")];

        blocking.Complete();
        (await _intake.NextAsync()).Fail(new JubileeException(code, "The store is out of reach."));
        var next = AddAsync("c");

        Assert.Equal(["c"], (await _intake.NextAsync()).CompleteAndGetNames());
        await next;
        foreach (var add in added)
            Assert.Equal(code, (await Assert.ThrowsAsync<JubileeException>(() => add)).Code);
    }

    [Fact]
    public async Task AddAsync_QueueFull_SplitsTheCallInHalves()
    {
        var blocking = await FillAsync();
        Task<AddedJob>[] added = [AddAsync("a"), AddAsync("b")];

        blocking.Complete();
        (await _intake.NextAsync()).Fail(new JubileeException(ErrorCode.QueueFull, "One fits."));
        Assert.Equal(["a"], (await _intake.NextAsync()).CompleteAndGetNames());
        (await _intake.NextAsync()).Fail(new JubileeException(ErrorCode.QueueFull, "None fits."));

        await added[0];
        Assert.Equal(ErrorCode.QueueFull, (await Assert.ThrowsAsync<JubileeException>(() => added[1])).Code);
    }

    [Fact]
    public async Task AddAsync_CancelledBeforeItsCall_IsNotAdded()
    {
        var blocking = await FillAsync();
        using var cancelled = new CancellationTokenSource();
        var cancelledAdd = _producer.AddAsync("queue", new NewJob("gone", "{}"), cancelled.Token);
        var kept = AddAsync("stays");
        await cancelled.CancelAsync();

        blocking.Complete();

        Assert.Equal(["stays"], (await _intake.NextAsync()).CompleteAndGetNames());
        await kept;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelledAdd);
    }

    [Fact]
    public async Task AddAsync_MoreThanOneCallHolds_IsSentInSeveralCalls()
    {
        var blocking = await FillAsync();
        var large = new string('x', 600 * 1024);
        Task<AddedJob>[] added =
            [AddAsync("a", large), AddAsync("b", large), .. Enumerable.Range(0, IQueueIntakeGrain.MaxJobs).Select(i => AddAsync($"{i}"))];

        blocking.Complete();

        Assert.Equal(["a"], (await _intake.NextAsync()).CompleteAndGetNames());
        Assert.Equal(IQueueIntakeGrain.MaxJobs, (await _intake.NextAsync()).CompleteAndGetNames().Length);
        Assert.Equal([$"{IQueueIntakeGrain.MaxJobs - 1}"], (await _intake.NextAsync()).CompleteAndGetNames());
        await Task.WhenAll(added);
    }

    [Fact]
    public async Task AddAsync_QueueReturnsFewerResults_FailsTheRemainingJobs()
    {
        var (added, call) = await AddAloneAsync("forgotten");

        call.CompleteWithoutResults();

        await Assert.ThrowsAsync<InvalidOperationException>(() => added.WaitAsync(Token));
    }

    [Fact]
    public async Task AddAsync_TooManyWaitingJobs_IsRefused()
    {
        await FillAsync();
        for (var i = 0; i < JobProducer.MaxWaiting; i++)
            _ = AddAsync("waits");

        var refusal = await Assert.ThrowsAsync<JubileeException>(() => AddAsync("over"));

        Assert.Equal((ErrorCode.QueueFull, true), (refusal.Code, refusal.RetryAfter > TimeSpan.Zero));
    }

    private static JubileeException Refusal() => JubileeException.Invalid("jobs[0].name", "Is bad.");

    private Task<AddedJob> AddAsync(string name, string payload = "{}") => _producer.AddAsync("queue", new NewJob(name, payload), Token);

    private async Task<(Task<AddedJob> Added, ScriptedCall Call)> AddAloneAsync(string name)
    {
        var added = AddAsync(name);
        return (added, await _intake.NextAsync());
    }

    /// <summary>Starts as many calls as may run at once. The next call starts when the returned one completes.</summary>
    private async Task<ScriptedCall> FillAsync()
    {
        var (_, call) = await AddAloneAsync("blocking");
        await AddAloneAsync("blocking too");
        return call;
    }

    private sealed class ScriptedIntake : IQueueIntakeGrain
    {
        private readonly Channel<ScriptedCall> _calls = Channel.CreateUnbounded<ScriptedCall>();

        public Task<ImmutableArray<AddedJob>> AddAsync(ImmutableArray<NewJob> jobs, CancellationToken cancellationToken)
        {
            var call = new ScriptedCall(jobs);
            _calls.Writer.TryWrite(call);
            return call.Added;
        }

        public Task<AddedFlow> AddFlowAsync(NewFlow flow, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<JobState?> WaitAsync(JobId id, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<ScriptedCall> NextAsync() => _calls.Reader.ReadAsync(Token).AsTask();
    }

    private sealed class ScriptedCall(ImmutableArray<NewJob> jobs)
    {
        private readonly TaskCompletionSource<ImmutableArray<AddedJob>> _added = new();

        public Task<ImmutableArray<AddedJob>> Added => _added.Task;

        public string[] Names => [.. jobs.Select(job => job.Name)];

        public void Complete() => _added.SetResult(
            [.. jobs.Select(job =>
                new AddedJob(new JobId(job.Name), JobState.Waiting, IsDuplicate: false, Position: null, EtaSeconds: null))]);

        public string[] CompleteAndGetNames()
        {
            Complete();
            return Names;
        }

        public void CompleteWithoutResults() => _added.SetResult([]);

        public void Fail(Exception exception) => _added.SetException(exception);
    }
}
