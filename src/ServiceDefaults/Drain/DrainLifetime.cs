using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace JubileeVerse.ServiceDefaults.Drain;

/// <summary>
/// What a signal does. The first SIGTERM, SIGINT or SIGQUIT begins the drain, and the host stops after it; a second one stops the host at once.
/// </summary>
/// <remarks>
/// The host's own console lifetime stops everything as the signal comes: the web server refuses connections at once and open ones are reset.
/// </remarks>
internal sealed partial class DrainLifetime(
    ProcessSignals signals, DrainState state, IServiceProvider services, IHostApplicationLifetime host, TimeProvider time, ILogger<DrainLifetime> logger)
    : IHostLifetime, IDisposable
{
    private readonly CancellationTokenSource _hurry = new();
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
        _hurry.Dispose();
    }

    private void OnSignal()
    {
        if (Interlocked.Increment(ref _signals) == 1)
            _ = Task.Run(DrainAsync);
        else
            _hurry.Cancel();
    }

    private async Task DrainAsync()
    {
        var start = time.GetTimestamp();
        LogBegins();
        state.Begin();
        try
        {
            // A host that is still starting has nothing to drain, and its steps may ask for what is not there yet.
            if (host.ApplicationStarted.IsCancellationRequested)
            {
                // Asked for now: the host makes its lifetime first of all, before the options that steps read have been checked.
                foreach (var step in services.GetServices<IDrainStep>())
                    await RunAsync(step);
            }
        }
        finally
        {
            LogStops(Math.Round(time.GetElapsedTime(start).TotalSeconds, 1));
            host.StopApplication();
        }
    }

    private async Task RunAsync(IDrainStep step)
    {
        try
        {
            await step.DrainAsync(_hurry.Token);
        }
        catch (Exception exception)
        {
            if (!_hurry.IsCancellationRequested)
                LogFailed(exception, step.Name);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Asked to stop: draining.")]
    private partial void LogBegins();

    [LoggerMessage(Level = LogLevel.Information, Message = "Drained in {Seconds} s; stopping.")]
    private partial void LogStops(double seconds);

    // What cannot be drained must not keep the process.
    [LoggerMessage(Level = LogLevel.Error, Message = "The drain of {Step} failed.")]
    private partial void LogFailed(Exception exception, string step);
}
