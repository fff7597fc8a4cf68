using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;

namespace JubileeVerse.Replies.Providers;

/// <summary>
/// Guards the calls to one provider: while its circuit breaker is open, or until the time of its <c>Retry-After</c>, it is not called.
/// Only failures before the first text count for the circuit breaker.
/// </summary>
internal sealed partial class ProviderGate
{
    // The retry delay of the other calls while one call probes the half-open circuit.
    private static readonly TimeSpan ProbeDelay = TimeSpan.FromSeconds(1);

    private readonly AiOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ResiliencePipeline _breaker;
    private long _limitedUntil;

    public ProviderGate(ChatModel model, AiOptions options, TimeProvider time, ILogger logger)
    {
        Model = model;
        _options = options;
        _time = time;
        _logger = logger;
        _breaker = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                FailureRatio = options.Breaker.FailureRatio,
                MinimumThroughput = options.Breaker.MinimumCalls,
                SamplingDuration = options.Breaker.Window,
                BreakDuration = options.Breaker.Break,
                ShouldHandle = args => ValueTask.FromResult(args.Outcome.Exception is ProviderFailedException),
                OnOpened = args =>
                {
                    LogOpened(Model.Name, args.BreakDuration);
                    return ValueTask.CompletedTask;
                },
                OnClosed = _ =>
                {
                    LogClosed(Model.Name);
                    return ValueTask.CompletedTask;
                },
            })
            .Build();
    }

    public ChatModel Model { get; }

    /// <summary>Returns the stream after its first text. Throws a <see cref="ProviderException"/> if there is none.</summary>
    public async Task<ReplyStream> StartAsync(ReplyRequest request, CancellationToken cancellationToken)
    {
        var wait = TimeSpan.FromTicks(Volatile.Read(ref _limitedUntil) - _time.GetUtcNow().UtcTicks);
        if (wait > TimeSpan.Zero)
            throw new ProviderLimitedException(Model.Name, wait, $"The provider {Model.Name} limits the request rate.");

        try
        {
            return await _breaker.ExecuteAsync(
                static async (call, token) =>
                    await ReplyStream.StartAsync(call.Gate.Model, call.Request, call.Gate._options, call.Gate._time, token),
                (Gate: this, Request: request),
                cancellationToken);
        }
        catch (BrokenCircuitException e)
        {
            // No call was made, so this does not count as an attempt; the job is retried when the circuit lets a call through.
            throw new ProviderLimitedException(
                Model.Name,
                e.RetryAfter is { } left && left > ProbeDelay ? left : ProbeDelay,
                $"The circuit breaker of provider {Model.Name} is open.",
                e);
        }
        catch (ProviderLimitedException e)
        {
            Volatile.Write(ref _limitedUntil, _time.GetUtcNow().UtcTicks + e.RetryAfter.Ticks);
            throw;
        }
    }

    [LoggerMessage(
        LogLevel.Error,
        "The circuit breaker of provider {Provider} opened, because calls keep failing; the next call is in {BreakDuration}.")]
    private partial void LogOpened(string provider, TimeSpan breakDuration);

    [LoggerMessage(LogLevel.Information, "The circuit breaker of provider {Provider} closed; the provider responds again.")]
    private partial void LogClosed(string provider);
}
