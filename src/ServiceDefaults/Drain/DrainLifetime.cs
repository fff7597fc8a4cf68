using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace JubileeVerse.ServiceDefaults.Drain;

/// <summary>
/// Handles stop signals. The first SIGTERM, SIGINT or SIGQUIT starts the drain, after which the host stops. A second one stops the host at
/// once.
/// </summary>
/// <remarks>
/// The console lifetime of the host cannot be used, because it stops everything on the signal: the web server immediately refuses new
/// connections and resets open ones.
/// </remarks>
internal sealed partial class DrainLifetime(
    ProcessSignals signals,
    DrainState state,
    IServiceProvider services,
    IHostApplicationLifetime host,
    TimeProvider time,
    ILogger<DrainLifetime> logger)
    : IHostLifetime, IDisposable
{
    private readonly CancellationTokenSource _skipDrain = new();
    private int _signals;

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        signals.Attach(OnSignal);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        signals.Detach();
        _skipDrain.Dispose();
    }

    private void OnSignal()
    {
        if (Interlocked.Increment(ref _signals) == 1)
            _ = DrainAsync();
        else
            _skipDrain.Cancel();
    }

    private async Task DrainAsync()
    {
        // Continues on the thread pool, because the thread that handles the signal must return.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var start = time.GetTimestamp();
        LogDraining();
        state.Begin();
        try
        {
            // A host that is still starting has nothing to drain, and its steps may need services that have not started yet.
            if (host.ApplicationStarted.IsCancellationRequested)
            {
                // The steps are resolved here and not in the constructor, because the host creates its lifetime before it validates the
                // options that steps read.
                foreach (var step in services.GetServices<IDrainStep>())
                    await RunAsync(step);
            }
        }
        finally
        {
            LogDrained(Math.Round(time.GetElapsedTime(start).TotalSeconds, 1));
            host.StopApplication();
        }
    }

    private async Task RunAsync(IDrainStep step)
    {
        try
        {
            await step.DrainAsync(_skipDrain.Token);
        }
        catch (Exception exception)
        {
            if (!_skipDrain.IsCancellationRequested)
                LogStepFailed(exception, step.Name);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Stop signal received; draining.")]
    private partial void LogDraining();

    [LoggerMessage(Level = LogLevel.Information, Message = "Drained in {Seconds} s; stopping the host.")]
    private partial void LogDrained(double seconds);

    // A failed step must not keep the process running.
    [LoggerMessage(Level = LogLevel.Error, Message = "Drain step {Step} failed; continuing with the next step.")]
    private partial void LogStepFailed(Exception exception, string step);
}
