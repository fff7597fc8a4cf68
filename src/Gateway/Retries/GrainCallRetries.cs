using System.Collections.Concurrent;
using System.Reflection;
using JubileeVerse.Operations;
using Polly;
using Polly.Retry;

namespace JubileeVerse.Gateway.Retries;

/// <summary>
/// Retries grain calls while a silo or the store is being replaced, so that a silo failure delays a user's request instead of failing it.
/// This is the only place that retries grain calls, and it retries only methods marked as
/// <see cref="IdempotentAttribute">idempotent</see>.
/// </summary>
/// <remarks>
/// Installed only in a stand-alone gateway. Where silo and gateway share a process, a retry cannot reach a healthier silo.
/// </remarks>
internal sealed partial class GrainCallRetries : IOutgoingGrainCallFilter
{
    private static readonly ResiliencePropertyKey<GrainCallAttempt> AttemptKey = new("attempt");
    private static readonly ConcurrentDictionary<MethodInfo, bool> Idempotent = [];

    private readonly TimeProvider _time;
    private readonly Random _random;
    private readonly RetryInstruments _instruments;
    private readonly ILogger<GrainCallRetries> _logger;
    private readonly ResiliencePipeline<int> _pipeline;

    public GrainCallRetries(TimeProvider time, Random random, RetryInstruments instruments, ILogger<GrainCallRetries> logger)
    {
        _time = time;
        _random = random;
        _instruments = instruments;
        _logger = logger;
        _pipeline = new ResiliencePipelineBuilder<int> { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions<int>
            {
                MaxRetryAttempts = RetryRules.MaxRetries,
                ShouldHandle = args => ValueTask.FromResult(
                    args.Outcome.Exception is { } failure && AttemptOf(args.Context).ShouldRetry(failure)),
                DelayGenerator = args => ValueTask.FromResult<TimeSpan?>(AttemptOf(args.Context).NextDelay(args.Outcome.Exception)),
                OnRetry = args =>
                {
                    LogRetry(AttemptOf(args.Context).Method, args.RetryDelay.TotalMilliseconds, args.Outcome.Exception?.Message);
                    return ValueTask.CompletedTask;
                },
            })
            .Build();
    }

    public Task Invoke(IOutgoingGrainCallContext context) =>
        Idempotent.GetOrAdd(context.InterfaceMethod, static method => method.IsDefined(typeof(IdempotentAttribute), inherit: false))
            ? InvokeAsync(context)
            : context.Invoke();

    private static GrainCallAttempt AttemptOf(ResilienceContext context) => context.Properties.GetValue(AttemptKey, null!);

    private async Task InvokeAsync(IOutgoingGrainCallContext call)
    {
        var attempt = new GrainCallAttempt(call, RetryBudget.Current, _time, _random);
        var context = ResilienceContextPool.Shared.Get(call.Request.GetCancellationToken());
        context.Properties.Set(AttemptKey, attempt);
        try
        {
            var outcome = await _pipeline.ExecuteOutcomeAsync(static (_, attempt) => attempt.RunAsync(), context, attempt);
            if (attempt.Retries > 0 && outcome.Exception is null)
                _instruments.Recovered(attempt.Method, attempt.Retries);
            else if (attempt.Retries > 0)
                _instruments.GaveUp(attempt.Method, attempt.Retries);
            attempt.Finish(outcome.Exception);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    // At level Debug, because a failure that a user notices is logged where the request ends.
    [LoggerMessage(Level = LogLevel.Debug, Message = "Grain call {Method} failed and is retried in {DelayMs} ms: {Reason}")]
    private partial void LogRetry(string method, double delayMs, string? reason);
}
