using System.Collections.Concurrent;
using System.Reflection;
using JubileeVerse.Operations;
using Polly;
using Polly.Retry;

namespace JubileeVerse.Gateway.Retries;

/// <summary>
/// Tries a grain call again while a silo or the store is being replaced: the one place in the system that does, and only for methods
/// that promise to be <see cref="IdempotentAttribute">idempotent</see>. So a person waits a moment longer where a silo dies, and sees no error.
/// </summary>
/// <remarks>
/// Of the cluster's client only. Where silo and gateway are one process, what one of them cannot do the other cannot do better.
/// </remarks>
internal sealed partial class GrainCallRetries : IOutgoingGrainCallFilter
{
    private static readonly ResiliencePropertyKey<GrainCallTry> Try = new("try");
    private static readonly ConcurrentDictionary<MethodInfo, bool> Idempotent = [];

    private readonly TimeProvider _time;
    private readonly RetryInstruments _instruments;
    private readonly ILogger<GrainCallRetries> _logger;
    private readonly ResiliencePipeline<int> _pipeline;

    public GrainCallRetries(TimeProvider time, RetryInstruments instruments, ILogger<GrainCallRetries> logger)
    {
        _time = time;
        _instruments = instruments;
        _logger = logger;
        _pipeline = new ResiliencePipelineBuilder<int> { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions<int>
            {
                MaxRetryAttempts = RetryRules.MaxTries,
                ShouldHandle = args => ValueTask.FromResult(
                    args.Outcome.Exception is { } failure && TryOf(args.Context).MayTryAgain(failure)),
                DelayGenerator = args => ValueTask.FromResult<TimeSpan?>(TryOf(args.Context).NextDelay(args.Outcome.Exception)),
                OnRetry = args =>
                {
                    LogAgain(TryOf(args.Context).Method, args.RetryDelay.TotalMilliseconds, args.Outcome.Exception?.Message);
                    return ValueTask.CompletedTask;
                },
            })
            .Build();
    }

    public Task Invoke(IOutgoingGrainCallContext context) =>
        Idempotent.GetOrAdd(context.InterfaceMethod, static method => method.IsDefined(typeof(IdempotentAttribute), inherit: false))
            ? InvokeAsync(context)
            : context.Invoke();

    private static GrainCallTry TryOf(ResilienceContext context) => context.Properties.GetValue(Try, null!);

    private async Task InvokeAsync(IOutgoingGrainCallContext call)
    {
        var attempt = new GrainCallTry(call, RetryBudget.Current, _time);
        var context = ResilienceContextPool.Shared.Get(call.Request.GetCancellationToken());
        context.Properties.Set(Try, attempt);
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

    // Debug, because what a person notices is logged where the request ends.
    [LoggerMessage(Level = LogLevel.Debug, Message = "{Method} is tried again in {DelayMs} ms: {Reason}")]
    private partial void LogAgain(string method, double delayMs, string? reason);
}
