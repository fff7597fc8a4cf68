using System.Collections.Immutable;
using System.Threading.Channels;
using JubileeVerse.Errors;

namespace JubileeVerse.Queues;

public sealed class JobProducerTests
{
    private readonly ScriptedIntake _intake = new();
    private readonly JobProducer _producer;

    public JobProducerTests() => _producer = new(_ => _intake);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AddAsync_WhileTwoCallsAreOut_GoesWithTheNextInOrder()
    {
        var (first, out1) = await AddAloneAsync("a");
        var (second, out2) = await AddAloneAsync("b");
        Task<AddedJob>[] later = [AddAsync("c"), AddAsync("d"), AddAsync("e")];

        out1.Answer();
        var out3 = await _intake.NextAsync();
        out2.Answer();
        out3.Answer();

        Assert.Equal(["c", "d", "e"], out3.Names);
        Assert.Equal(["a", "b", "c", "d", "e"], (await Task.WhenAll([first, second, .. later])).Select(added => added.Id.Value));
    }

    [Fact]
    public async Task AddAsync_OneOfACallIsRefused_OnlyThatFails()
    {
        var blocking = await FillAsync();
        Task<AddedJob>[] added = [AddAsync("a"), AddAsync("b"), AddAsync("bad"), AddAsync("c")];

        blocking.Answer();
        (await _intake.NextAsync()).Fail(Refusal());
        (await _intake.NextAsync()).Answer();
        (await _intake.NextAsync()).Fail(Refusal());
        (await _intake.NextAsync()).Fail(Refusal());
        var last = await _intake.NextAsync();
        last.Answer();

        Assert.Equal(["c"], last.Names);
        Assert.Equal(["a", "b", "c"], (await Task.WhenAll(added[0], added[1], added[3])).Select(job => job.Id.Value));
        Assert.Equal("jobs[0].name", (await Assert.ThrowsAsync<JubileeException>(() => added[2])).Field);
    }

    [Fact]
    public async Task AddAsync_CallIsLost_FailsAllOfItsJobsAndIsNotRepeated()
    {
        var blocking = await FillAsync();
        Task<AddedJob>[] added = [AddAsync("a"), AddAsync("b")];

        blocking.Answer();
        (await _intake.NextAsync()).Fail(new TimeoutException());

        foreach (var one in added)
            await Assert.ThrowsAsync<TimeoutException>(() => one);
        var next = AddAsync("c");
        Assert.Equal(["c"], (await _intake.NextAsync()).AnswerNow());
        await next;
    }

    [Theory]
    [InlineData(ErrorCode.Unavailable)]
    [InlineData(ErrorCode.Internal)]
    public async Task AddAsync_NobodyKnowsWhetherTheCallWasStored_FailsAllOfItsJobsAndIsNotRepeated(ErrorCode code)
    {
        var blocking = await FillAsync();
        Task<AddedJob>[] added = [AddAsync("a"), AddAsync("b")];

        blocking.Answer();
        (await _intake.NextAsync()).Fail(new JubileeException(code, "The store is out of reach."));
        var next = AddAsync("c");

        Assert.Equal(["c"], (await _intake.NextAsync()).AnswerNow());
        await next;
        foreach (var one in added)
            Assert.Equal(code, (await Assert.ThrowsAsync<JubileeException>(() => one)).Code);
    }

    [Fact]
    public async Task AddAsync_CallIsTooMuchForTheQueue_GoesInHalves()
    {
        var blocking = await FillAsync();
        Task<AddedJob>[] added = [AddAsync("a"), AddAsync("b")];

        blocking.Answer();
        (await _intake.NextAsync()).Fail(new JubileeException(ErrorCode.QueueFull, "One fits."));
        Assert.Equal(["a"], (await _intake.NextAsync()).AnswerNow());
        (await _intake.NextAsync()).Fail(new JubileeException(ErrorCode.QueueFull, "None fits."));

        await added[0];
        Assert.Equal(ErrorCode.QueueFull, (await Assert.ThrowsAsync<JubileeException>(() => added[1])).Code);
    }

    [Fact]
    public async Task AddAsync_CancelledBeforeItsCall_IsNotAdded()
    {
        var blocking = await FillAsync();
        using var cancelled = new CancellationTokenSource();
        var gone = _producer.AddAsync("queue", new NewJob("gone", "{}"), cancelled.Token);
        var stays = AddAsync("stays");
        await cancelled.CancelAsync();

        blocking.Answer();

        Assert.Equal(["stays"], (await _intake.NextAsync()).AnswerNow());
        await stays;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
    }

    [Fact]
    public async Task AddAsync_MoreThanACallMayCarry_GoesInSeveral()
    {
        var blocking = await FillAsync();
        var large = new string('x', 600 * 1024);
        Task<AddedJob>[] added = [AddAsync("a", large), AddAsync("b", large), .. Enumerable.Range(0, IQueueIntake.MaxJobs).Select(i => AddAsync($"{i}"))];

        blocking.Answer();

        Assert.Equal(["a"], (await _intake.NextAsync()).AnswerNow());
        Assert.Equal(IQueueIntake.MaxJobs, (await _intake.NextAsync()).AnswerNow().Length);
        Assert.Equal([$"{IQueueIntake.MaxJobs - 1}"], (await _intake.NextAsync()).AnswerNow());
        await Task.WhenAll(added);
    }

    [Fact]
    public async Task AddAsync_TheQueueAnswersForFewer_LeavesNobodyWaiting()
    {
        var (added, call) = await AddAloneAsync("forgotten");

        call.AnswerNothing();

        await Assert.ThrowsAsync<InvalidOperationException>(() => added.WaitAsync(Token));
    }

    [Fact]
    public async Task AddAsync_TooManyWait_IsRefused()
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

    /// <summary>As many calls as may be are under way; the one that is given back is to be answered for the next to come.</summary>
    private async Task<ScriptedCall> FillAsync()
    {
        var (_, call) = await AddAloneAsync("blocking");
        await AddAloneAsync("blocking too");
        return call;
    }

    private sealed class ScriptedIntake : IQueueIntake
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

        public void Answer() => _added.SetResult(
            [.. jobs.Select(job => new AddedJob(new JobId(job.Name), JobState.Waiting, IsDuplicate: false, Position: null, EtaSeconds: null))]);

        public string[] AnswerNow()
        {
            Answer();
            return Names;
        }

        public void AnswerNothing() => _added.SetResult([]);

        public void Fail(Exception exception) => _added.SetException(exception);
    }
}
