using System.Collections.Frozen;
using JubileeVerse.Errors;
using JubileeVerse.Personas;
using JubileeVerse.Queues;
using JubileeVerse.Replies.Builtin;
using JubileeVerse.Replies.Prompts;
using JubileeVerse.Replies.Providers;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Replies;

/// <summary>
/// Makes one reply: asks its conversation whether to, composes the prompt, lets a model speak, brings the text to the conversation as it
/// grows, and completes it. Runs may overlap (a stopped worker that wakes): the conversation refuses the text of a lower lease, and
/// the first committed completion stands.
/// </summary>
internal sealed partial class ReplyGenerator(
    IReplySessions sessions,
    IPersonaCatalog personas,
    PromptComposer composer,
    ReplyModel model,
    ITokenCounter tokens,
    ReplyInstruments instruments,
    IOptions<AiOptions> options,
    TimeProvider time,
    ILogger<ReplyGenerator> logger) : IJobProcessor
{
    private static readonly TimeSpan NotYet = TimeSpan.FromSeconds(1);

    // A silo that was killed is out of the membership in two or three seconds, one that hangs in about ten. An answer that is there must not
    // be made again for that, nor wait much longer than the membership: its reader sees the end only with the completion.
    private static readonly TimeSpan[] CompletionWaits =
        [.. new[] { 250, 500, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000 }.Select(wait => TimeSpan.FromMilliseconds(wait))];

    public string Queue => QueueNames.AiResponse;

    public async Task<JobOutcome> RunAsync(JobRun run, CancellationToken cancellationToken)
    {
        if (ReplyJobPayload.TryParse(run.Job.Payload) is not { } payload)
            return JobOutcome.FailedForGood("The job names no reply.");

        try
        {
            var session = sessions.Open(payload, run.Lease, run.Attempt);
            return await BeginAsync(session, payload.ReplyId, cancellationToken) switch
            {
                { Decision: BeginReplyDecision.Go, Task: { } task } => await MakeAsync(session, payload, task, run, cancellationToken),
                { Decision: BeginReplyDecision.Ended } => JobOutcome.Completed,
                _ => JobOutcome.Snooze(NotYet),
            };
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested && run.StopReason == JobStopReason.TimedOut)
        {
            return JobOutcome.Failed("The answer took longer than a job may.");
        }
    }

    // Null: the conversation is out of reach, as while its silo is being replaced. No attempt is spent on that.
    private async Task<BeginReplyResult?> BeginAsync(IReplySession session, ReplyId reply, CancellationToken cancellationToken)
    {
        try
        {
            return await session.BeginAsync(cancellationToken);
        }
        catch (Exception e) when (IsOutOfReach(e) && !cancellationToken.IsCancellationRequested)
        {
            LogBeginFailed(e, reply);
            return null;
        }
    }

    private async Task<JobOutcome> MakeAsync(
        IReplySession session, ReplyJobPayload payload, ReplyTask task, JobRun run, CancellationToken cancellationToken)
    {
        if (await personas.FindAsync(task.PersonaId, cancellationToken) is not { } persona)
            return JobOutcome.FailedForGood("The persona is no longer there.");

        var started = time.GetTimestamp();
        var ending = "failed";
        try
        {
            var outcome = await AnswerAsync(session, payload, task, persona, started, cancellationToken);
            ending = outcome.Kind.ToString().ToLowerInvariant();
            return outcome;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            ending = "stopped";
            LogStopped(payload.ReplyId, run.StopReason);
            throw;
        }
        catch (ProviderLimitedException e)
        {
            ending = e.Kind;
            return JobOutcome.ProviderLimited(e.RetryAfter);
        }
        catch (ProviderRejectedException e)
        {
            ending = e.Kind;
            return JobOutcome.FailedForGood(e.Message);
        }
        catch (ProviderFailedException e)
        {
            LogAttemptFailed(e, payload.ReplyId, run.Attempt);
            return JobOutcome.Failed(e.Message);
        }
        finally
        {
            instruments.AttemptEnded(persona.Persona.Slug, ending, time.GetElapsedTime(started));
        }
    }

    private async Task<JobOutcome> AnswerAsync(
        IReplySession session, ReplyJobPayload payload, ReplyTask task, PersonaProfile persona, long started, CancellationToken cancellationToken)
    {
        var parts = new PromptParts(persona, task.Language, task.Turns, await OtherNamesAsync(task, cancellationToken));
        var speaker = new BuiltinSpeaker(persona.Persona.Name, persona.Voice, payload.ReplyId.ToString());
        var request = new ReplyRequest(speaker, budget => composer.Compose(parts, budget));

        string text;
        TokenUsage usage;
        await using (var appender = new ReplyAppender(session, time, logger))
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, appender.Refused);
            try
            {
                await using var stream = await model.StartAsync(request, stop.Token);
                instruments.FirstTextCame(persona.Persona.Slug, stream.Model.ModelId, time.GetElapsedTime(started));
                await PumpAsync(stream, appender);
                text = appender.Text;
                usage = UsageOf(stream, text);
            }
            catch (OperationCanceledException) when (appender.Refused.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                // The reply has ended another way, or a later run makes it. Which of them the next begin will say: "completed" may only be
                // said of an end that was seen, or a reply whose end failed would stay open without a job.
                LogRefused(payload.ReplyId);
                return JobOutcome.Snooze(NotYet);
            }
        }

        if (string.IsNullOrWhiteSpace(text))
            return JobOutcome.Failed("The model answered nothing.");

        if (await CompleteAsync(session, payload.ReplyId, text, task.Language, usage, cancellationToken) is not { } end)
            return JobOutcome.Snooze(NotYet);
        if (end.Stands)
            instruments.TokensUsed(persona.Persona.Slug, usage);
        return OutcomeOf(end);
    }

    private async Task PumpAsync(ReplyStream stream, ReplyAppender appender)
    {
        var sieve = new AnswerSieve(options.Value.MaxAnswerLength);
        do
        {
            appender.Add(sieve.Pass(stream.Piece));
        }
        while (!sieve.IsFull && await stream.MoveNextAsync());
    }

    // Null: the conversation stayed out of reach. No attempt is spent on that either.
    private async Task<EndReplyResult?> CompleteAsync(
        IReplySession session, ReplyId reply, string text, string? language, TokenUsage usage, CancellationToken cancellationToken)
    {
        for (var failures = 0; ; failures++)
        {
            try
            {
                return await session.CompleteAsync(text, language, usage, cancellationToken);
            }
            catch (Exception e) when (IsOutOfReach(e) && !cancellationToken.IsCancellationRequested)
            {
                if (failures == CompletionWaits.Length)
                    return null;
                LogCompleteFailed(e, reply, CompletionWaits[failures]);
                await Task.Delay(CompletionWaits[failures], time, cancellationToken);
            }
        }
    }

    private async Task<FrozenDictionary<PersonaId, string>> OtherNamesAsync(ReplyTask task, CancellationToken cancellationToken)
    {
        var names = new Dictionary<PersonaId, string>();
        foreach (var turn in task.Turns)
        {
            if (turn.PersonaId is { } id && id != task.PersonaId && !names.ContainsKey(id)
                && await personas.FindAsync(id, cancellationToken) is { } other)
                names.Add(id, other.Persona.Name);
        }

        return names.ToFrozenDictionary();
    }

    // A provider that does not say what it counted is counted for.
    private TokenUsage UsageOf(ReplyStream stream, string text) => new(
        stream.Model.ModelId,
        (int)(stream.Usage?.InputTokenCount ?? stream.Prompt.Sum(message => tokens.Count(message.Text))),
        (int)(stream.Usage?.OutputTokenCount ?? tokens.Count(text)));

    // Another end stands: the job has nothing left to do. A reply that is still open is another run's, or ours at a later try.
    private static JobOutcome OutcomeOf(EndReplyResult end) => end switch
    {
        { Stands: true } => JobOutcome.Completed,
        { Status: ReplyStatus.Cancelled } => JobOutcome.Cancelled,
        { Status: ReplyStatus.Completed or ReplyStatus.Failed } => JobOutcome.Completed,
        _ => JobOutcome.Snooze(NotYet),
    };

    private static bool IsOutOfReach(Exception e) => e is OrleansException or TimeoutException or JubileeException { Code: ErrorCode.Unavailable };
}
