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
/// Generates one reply: begins it at its conversation, composes the prompt, calls a model, appends the text to the conversation as it
/// arrives, and completes the reply. Runs may overlap when a suspended worker resumes: the conversation refuses text of a lower lease, and
/// the first committed completion wins.
/// </summary>
internal sealed partial class ReplyGenerator(
    IReplySessionFactory sessions,
    IPersonaCatalog personas,
    PromptComposer composer,
    ReplyModel model,
    ITokenCounter tokens,
    ReplyInstruments instruments,
    IOptions<AiOptions> options,
    TimeProvider time,
    ILogger<ReplyGenerator> logger) : IJobProcessor
{
    private static readonly TimeSpan SnoozeDelay = TimeSpan.FromSeconds(1);

    // A killed silo leaves the membership after two or three seconds, a hanging one after about ten. A finished reply must not be generated
    // again because of that, nor wait much longer than the membership needs, because clients see the end only with the completion.
    private static readonly TimeSpan[] CompletionRetryDelays =
        [.. new[] { 250, 500, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000 }.Select(delay => TimeSpan.FromMilliseconds(delay))];

    public async Task<JobOutcome> RunAsync(JobRun run, CancellationToken cancellationToken)
    {
        if (ReplyJobPayload.TryParse(run.Job.Payload) is not { } payload)
            return JobOutcome.FailedForGood("The job's payload does not name a reply.");

        try
        {
            var session = sessions.Create(payload, run.Lease, run.Attempt);
            return await BeginAsync(session, payload.ReplyId, cancellationToken) switch
            {
                { Decision: BeginReplyDecision.Proceed, Task: { } task } =>
                    await GenerateAsync(session, payload, task, run, cancellationToken),
                { Decision: BeginReplyDecision.Ended } => JobOutcome.Completed,
                _ => JobOutcome.Snooze(SnoozeDelay),
            };
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested && run.StopReason == JobStopReason.TimedOut)
        {
            return JobOutcome.Failed("The reply exceeded the time limit of its job.");
        }
    }

    // Returns null if the conversation is unavailable, for example while its silo is replaced. That does not count as an attempt.
    private async Task<BeginReplyResult?> BeginAsync(IReplySession session, ReplyId reply, CancellationToken cancellationToken)
    {
        try
        {
            return await session.BeginAsync(cancellationToken);
        }
        catch (Exception e) when (IsUnavailable(e) && !cancellationToken.IsCancellationRequested)
        {
            LogBeginFailed(e, reply);
            return null;
        }
    }

    private async Task<JobOutcome> GenerateAsync(
        IReplySession session, ReplyJobPayload payload, ReplyTask task, JobRun run, CancellationToken cancellationToken)
    {
        if (await personas.FindAsync(task.PersonaId, cancellationToken) is not { } persona)
            return JobOutcome.FailedForGood("The persona does not exist or is not active.");

        var started = time.GetTimestamp();
        var outcomeTag = "failed";
        try
        {
            var outcome = await StreamReplyAsync(session, payload, task, persona, started, cancellationToken);
            outcomeTag = outcome.Kind.ToString().ToLowerInvariant();
            return outcome;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            outcomeTag = "stopped";
            LogStopped(payload.ReplyId, run.StopReason);
            throw;
        }
        catch (ProviderLimitedException e)
        {
            outcomeTag = e.Kind;
            return JobOutcome.ProviderLimited(e.RetryAfter);
        }
        catch (ProviderRejectedException e)
        {
            outcomeTag = e.Kind;
            return JobOutcome.FailedForGood(e.Message);
        }
        catch (ProviderFailedException e)
        {
            LogAttemptFailed(e, payload.ReplyId, run.Attempt);
            return JobOutcome.Failed(e.Message);
        }
        finally
        {
            instruments.AttemptEnded(persona.Persona.Slug, outcomeTag, time.GetElapsedTime(started));
        }
    }

    private async Task<JobOutcome> StreamReplyAsync(
        IReplySession session,
        ReplyJobPayload payload,
        ReplyTask task,
        PersonaProfile persona,
        long started,
        CancellationToken cancellationToken)
    {
        var parts = new PromptParts(persona, task.Language, task.Messages, await OtherNamesAsync(task, cancellationToken));
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
                instruments.FirstTextReceived(persona.Persona.Slug, stream.Model.ModelId, time.GetElapsedTime(started));
                await CopyTextAsync(stream, appender);
                text = appender.Text;
                usage = GetUsage(stream, text);
            }
            catch (OperationCanceledException) when (appender.Refused.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                // The reply has ended another way, or a later run generates it; the next call of BeginAsync decides which. The job must not
                // complete here, because without a confirmed end a reply whose end failed would stay open without a job.
                LogRefused(payload.ReplyId);
                return JobOutcome.Snooze(SnoozeDelay);
            }
        }

        if (string.IsNullOrWhiteSpace(text))
            return JobOutcome.Failed("The model returned an empty reply.");

        if (await CompleteAsync(session, payload.ReplyId, text, task.Language, usage, cancellationToken) is not { } end)
            return JobOutcome.Snooze(SnoozeDelay);
        if (end.Accepted)
            instruments.TokensUsed(persona.Persona.Slug, usage);
        return ToOutcome(end);
    }

    private async Task CopyTextAsync(ReplyStream stream, ReplyAppender appender)
    {
        var sanitizer = new ReplyTextSanitizer(options.Value.MaxAnswerLength);
        do
        {
            appender.Add(sanitizer.Sanitize(stream.Piece));
        }
        while (!sanitizer.IsFull && await stream.MoveNextAsync());
    }

    // Returns null if the conversation stayed unavailable. That does not count as an attempt either.
    private async Task<EndReplyResult?> CompleteAsync(
        IReplySession session, ReplyId reply, string text, string? language, TokenUsage usage, CancellationToken cancellationToken)
    {
        for (var failures = 0; ; failures++)
        {
            try
            {
                return await session.CompleteAsync(text, language, usage, cancellationToken);
            }
            catch (Exception e) when (IsUnavailable(e) && !cancellationToken.IsCancellationRequested)
            {
                if (failures == CompletionRetryDelays.Length)
                    return null;
                LogCompleteFailed(e, reply, CompletionRetryDelays[failures]);
                await Task.Delay(CompletionRetryDelays[failures], time, cancellationToken);
            }
        }
    }

    private async Task<FrozenDictionary<PersonaId, string>> OtherNamesAsync(ReplyTask task, CancellationToken cancellationToken)
    {
        var names = new Dictionary<PersonaId, string>();
        foreach (var turn in task.Messages)
        {
            if (turn.PersonaId is { } id && id != task.PersonaId && !names.ContainsKey(id)
                && await personas.FindAsync(id, cancellationToken) is { } other)
                names.Add(id, other.Persona.Name);
        }

        return names.ToFrozenDictionary();
    }

    // Tokens are counted here if the provider does not report them.
    private TokenUsage GetUsage(ReplyStream stream, string text) => new(
        stream.Model.ModelId,
        (int)(stream.Usage?.InputTokenCount ?? stream.Prompt.Sum(message => tokens.Count(message.Text))),
        (int)(stream.Usage?.OutputTokenCount ?? tokens.Count(text)));

    // If the reply has another end, the job is done. An open reply belongs to another run, or to a later run of this job.
    private static JobOutcome ToOutcome(EndReplyResult end) => end switch
    {
        { Accepted: true } => JobOutcome.Completed,
        { Status: ReplyStatus.Cancelled } => JobOutcome.Cancelled,
        { Status: ReplyStatus.Completed or ReplyStatus.Failed } => JobOutcome.Completed,
        _ => JobOutcome.Snooze(SnoozeDelay),
    };

    private static bool IsUnavailable(Exception e) =>
        e is OrleansException or TimeoutException or JubileeException { Code: ErrorCode.Unavailable };
}
