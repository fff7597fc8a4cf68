using System.Collections.Immutable;
using JubileeVerse.Accounts;
using JubileeVerse.Conversations;
using JubileeVerse.Personas;
using JubileeVerse.Queues;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Replies;
using JubileeVerse.Replies.Prompts;
using JubileeVerse.Replies.Providers;
using JubileeVerse.Testing;
using JubileeVerse.Testing.Replies;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Grains.Tests.Replies;

public sealed class ReplyGeneratorTests
{
    private static readonly PersonaProfile Ada = TestPersonas.Named("Ada");

    private readonly WatchedTimeProvider _time = new();
    private readonly FakeReplySession _session = new();
    private readonly AiOptions _options = new();
    private readonly ReplyJobPayload _payload;

    public ReplyGeneratorTests()
    {
        _payload = new ReplyJobPayload(ConversationId.New(_time), ReplyId.New(_time));
        _session.OnBegin = () => Proceed(Ada.Persona.Id);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_CompleteReply_IsAppendedAndCompletedWithUsage()
    {
        var outcome = await Generator(new ScriptedChatClient("Hello", ", you")).RunAsync(Run(), Token);

        Assert.Equal(JobOutcome.Completed, outcome);
        var (text, language, usage) = Assert.Single(_session.Completions);
        Assert.Equal(("Hello, you", "en", new TokenUsage("model-0", 7, 3)), (text, language, usage));
        Assert.Equal((_payload, new JobLease(1, 2), 1), Assert.Single(_session.Opened));
    }

    [Fact]
    public async Task Run_UsageNotCountedByTheProvider_IsCounted()
    {
        await Generator(new ScriptedChatClient("Hello there") { Usage = null }).RunAsync(Run(), Token);

        var usage = Assert.Single(_session.Completions).Usage;
        Assert.Equal(2, usage.OutputTokens);
        Assert.True(usage.InputTokens > 100);
    }

    [Theory]
    [InlineData(BeginReplyDecision.Ended, JobOutcomeKind.Completed)]
    [InlineData(BeginReplyDecision.NotYet, JobOutcomeKind.Snoozed)]
    [InlineData((BeginReplyDecision)99, JobOutcomeKind.Snoozed)]
    public async Task Run_ConversationDeclines_CallsNoModel(BeginReplyDecision decision, JobOutcomeKind expected)
    {
        _session.OnBegin = () => new BeginReplyResult(decision, null);
        var client = new ScriptedChatClient("Hello");

        var outcome = await Generator(client).RunAsync(Run(), Token);

        Assert.Equal(expected, outcome.Kind);
        Assert.Empty(client.Calls);
    }

    [Fact]
    public async Task Run_ConversationUnreachable_ConsumesNoAttempt()
    {
        _session.OnBegin = () => throw new SiloUnavailableException();

        Assert.Equal(JobOutcomeKind.Snoozed, (await Generator(new ScriptedChatClient("a")).RunAsync(Run(), Token)).Kind);
    }

    [Fact]
    public async Task Run_InvalidPayload_FailsPermanently() => Assert.Equal(
        JobOutcomeKind.FailedForGood, (await Generator(new ScriptedChatClient("a")).RunAsync(Run(payload: "{}"), Token)).Kind);

    [Fact]
    public async Task Run_PersonaRemoved_FailsPermanently()
    {
        _session.OnBegin = () => Proceed(PersonaId.New(_time));

        Assert.Equal(JobOutcomeKind.FailedForGood, (await Generator(new ScriptedChatClient("a")).RunAsync(Run(), Token)).Kind);
    }

    [Fact]
    public async Task Run_ProviderFails_IsAFailedAttempt()
    {
        var outcome = await Generator(new ScriptedChatClient("a").FailNext(1)).RunAsync(Run(), Token);

        Assert.Equal(JobOutcomeKind.Failed, outcome.Kind);
        Assert.Empty(_session.Completions);
    }

    [Fact]
    public async Task Run_StreamCut_IsAFailedAttemptAndNothingIsCompleted()
    {
        var outcome = await Generator(new ScriptedChatClient("a", "b").FailNext(1, afterPieces: 1)).RunAsync(Run(), Token);

        Assert.Equal(JobOutcomeKind.Failed, outcome.Kind);
        Assert.Empty(_session.Completions);
    }

    [Fact]
    public async Task Run_OnlyWhiteSpaceGenerated_IsAFailedAttempt() =>
        Assert.Equal(JobOutcomeKind.Failed, (await Generator(new ScriptedChatClient(" ", "\n")).RunAsync(Run(), Token)).Kind);

    [Fact]
    public async Task Run_EndlessReply_IsEndedAtTheLimit()
    {
        _options.MaxAnswerLength = 1_000;
        var client = new ScriptedChatClient([.. Enumerable.Repeat(new string('x', 300), 20)]);

        Assert.Equal(JobOutcome.Completed, await Generator(client).RunAsync(Run(), Token));

        Assert.Equal(1_000, Assert.Single(_session.Completions).Text.Length);
    }

    [Fact]
    public async Task Run_ConversationRejectsText_StopsTheModelAndSnoozes()
    {
        _session.OnAppend = _ => new AppendReplyResult(false, 0);
        var client = new ScriptedChatClient("a", "b").HangAfter(1);

        var outcome = await Generator(client).RunAsync(Run(), Token);

        Assert.Equal(JobOutcomeKind.Snoozed, outcome.Kind);
        Assert.Empty(_session.Completions);
    }

    [Theory]
    [InlineData(JobStopReason.Cancelled)]
    [InlineData(JobStopReason.LeaseLost)]
    [InlineData(JobStopReason.Shutdown)]
    public async Task Run_Stopped_ThrowsTheCancellationAndCompletesNothing(JobStopReason reason)
    {
        var (running, run, stop) = await StartHangingAsync();
        run.StopReason = reason;

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Empty(_session.Completions);
    }

    [Fact]
    public async Task Run_TimedOut_IsAFailedAttempt()
    {
        var (running, run, stop) = await StartHangingAsync();
        run.StopReason = JobStopReason.TimedOut;

        await stop.CancelAsync();

        Assert.Equal(JobOutcomeKind.Failed, (await running).Kind);
    }

    [Fact]
    public async Task Run_ConversationMovesAtTheEnd_RetriesTheCompletionOnly()
    {
        var failures = 1;
        _session.OnComplete = () => failures-- > 0 ? throw new TimeoutException() : new EndReplyResult(true, ReplyStatus.Completed);
        var client = new ScriptedChatClient("Hello");
        var running = Generator(client).RunAsync(Run(), Token);
        await _time.WhenArmedAsync(TimeSpan.FromMilliseconds(250), Token);

        _time.Advance(TimeSpan.FromMilliseconds(250));

        Assert.Equal(JobOutcome.Completed, await running);
        Assert.Equal((2, 1), (_session.Completions.Count, client.Calls.Count));
    }

    [Fact]
    public async Task Run_ConversationUnreachableForAWhile_CompletesWithinASecondOfItsReturn()
    {
        var back = _time.GetUtcNow() + TimeSpan.FromSeconds(2.5);
        _session.OnComplete = () => _time.GetUtcNow() < back
            ? throw new SiloUnavailableException()
            : new EndReplyResult(true, ReplyStatus.Completed);
        var running = Generator(new ScriptedChatClient("Hello")).RunAsync(Run(), Token);

        foreach (var wait in new[] { 250, 500, 1000, 1000 })
        {
            await _time.WhenArmedAsync(TimeSpan.FromMilliseconds(wait), Token);
            _time.Advance(TimeSpan.FromMilliseconds(wait));
        }

        Assert.Equal(JobOutcome.Completed, await running);
        Assert.InRange(_time.GetUtcNow(), back, back + TimeSpan.FromSeconds(1));
    }

    [Theory]
    [InlineData(ReplyStatus.Cancelled, JobOutcomeKind.Cancelled)]
    [InlineData(ReplyStatus.Completed, JobOutcomeKind.Completed)]
    [InlineData(ReplyStatus.Failed, JobOutcomeKind.Completed)]
    [InlineData(ReplyStatus.Generating, JobOutcomeKind.Snoozed)]
    public async Task Run_AnotherEndWasAccepted_FollowsIt(ReplyStatus status, JobOutcomeKind expected)
    {
        _session.OnComplete = () => new EndReplyResult(false, status);

        Assert.Equal(expected, (await Generator(new ScriptedChatClient("Hello")).RunAsync(Run(), Token)).Kind);
    }

    [Fact]
    public async Task Run_OtherPersonaHasReplied_IsNamedInThePrompt()
    {
        var bo = TestPersonas.Named("Bo");
        _session.OnBegin = () => Proceed(
            Ada.Persona.Id,
            new PromptMessage(MessageRole.User, null, "Hi all"),
            new PromptMessage(MessageRole.Assistant, bo.Persona.Id, "Hi from me"),
            new PromptMessage(MessageRole.User, null, "And you?"));
        var client = new ScriptedChatClient("Hello");

        await Generator(client, bo).RunAsync(Run(), Token);

        Assert.Contains("[Bo] Hi from me", Assert.Single(client.Calls).Messages.Select(message => message.Text));
    }

    private async Task<(Task<JobOutcome> Running, JobRun Run, CancellationTokenSource Stop)> StartHangingAsync()
    {
        var client = new ScriptedChatClient("a", "b").HangAfter(1);
        var run = Run();
        var stop = new CancellationTokenSource();
        var running = Generator(client).RunAsync(run, stop.Token);
        await client.Hanging.WaitAsync(Token);
        return (running, run, stop);
    }

    private static BeginReplyResult Proceed(PersonaId persona, params PromptMessage[] messages) => new(
        BeginReplyDecision.Proceed,
        new ReplyTask(
            new UserId(Guid.CreateVersion7(DateTimeOffset.UnixEpoch)),
            persona,
            "en",
            messages.Length > 0 ? [.. messages] : ImmutableArray.Create(new PromptMessage(MessageRole.User, null, "Hello?"))));

    private JobRun Run(string? payload = null) => new(new JobGrant(
        new Job(
            JobId.From(_payload.ReplyId), QueueNames.AiResponse, "reply", "u", null, 1, 5, 1, payload ?? _payload.ToJson(), 3, 1_000,
            _time.GetUtcNow().ToUnixTimeMilliseconds(), null),
        new JobLease(1, 2),
        1));

    private ReplyGenerator Generator(ScriptedChatClient client, params PersonaProfile[] others)
    {
        var options = Options.Create(_options);
        var instruments = TestInstruments.Create();
        var tokens = new O200kTokenCounter();
        return new ReplyGenerator(
            _session,
            new FakePersonaCatalog([Ada, .. others]),
            new PromptComposer(tokens),
            new ReplyModel(new ScriptedModels(client), options, _time, instruments, NullLogger<ReplyModel>.Instance),
            tokens,
            instruments,
            options,
            _time,
            NullLogger<ReplyGenerator>.Instance);
    }
}
