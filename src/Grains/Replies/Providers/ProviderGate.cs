using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;

namespace JubileeVerse.Replies.Providers;

/// <summary>
/// Stands before one provider: one that keeps failing, or has said "not before", is not asked until its time has come.
/// Only what happens up to the first text counts for the circuit.
/// </summary>
internal sealed partial class ProviderGate
{
    // While one call probes a half-open circuit the others come back soon.
    private static readonly TimeSpan ProbeWait = TimeSpan.FromSeconds(1);

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

    /// <summary>The stream after its first text, or a <see cref="ProviderException"/>.</summary>
    public async Task<ReplyStream> StartAsync(ReplyRequest request, CancellationToken cancellationToken)
    {
        var wait = TimeSpan.FromTicks(Volatile.Read(ref _limitedUntil) - _time.GetUtcNow().UtcTicks);
        if (wait > TimeSpan.Zero)
            throw new ProviderLimitedException(Model.Name, wait, $"The provider {Model.Name} limits us.");

        try
        {
            return await _breaker.ExecuteAsync(
                static async (call, token) => await ReplyStream.StartAsync(call.Gate.Model, call.Request, call.Gate._options, call.Gate._time, token),
                (Gate: this, Request: request),
                cancellationToken);
        }
        catch (BrokenCircuitException e)
        {
            // Nothing was asked, so no attempt is spent: the job comes back when the provider is asked again.
            throw new ProviderLimitedException(Model.Name, e.RetryAfter is { } left && left > ProbeWait ? left : ProbeWait,
                $"The provider {Model.Name} keeps failing and is left alone for now.", e);
        }
        catch (ProviderLimitedException e)
        {
            Volatile.Write(ref _limitedUntil, _time.GetUtcNow().UtcTicks + e.RetryAfter.Ticks);
            throw;
        }
    }

    [LoggerMessage(LogLevel.Error, "The provider {Provider} keeps failing and is left alone for {BreakDuration}.")]
    private partial void LogOpened(string provider, TimeSpan breakDuration);

    [LoggerMessage(LogLevel.Information, "The provider {Provider} answers again.")]
    private partial void LogClosed(string provider);
}
