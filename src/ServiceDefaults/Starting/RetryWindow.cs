using Microsoft.Extensions.Logging;

namespace JubileeVerse.ServiceDefaults.Starting;

/// <summary>
/// Waits at start for one dependency: one attempt per second, a log entry for the first failure and for every tenth one, and a time limit.
/// </summary>
/// <param name="dependency">The display name of the dependency.</param>
/// <param name="setting">The full key of the setting with its address.</param>
/// <param name="limit">Maximum duration of all attempts together.</param>
public sealed partial class RetryWindow(string dependency, string setting, TimeSpan limit, TimeProvider time, ILogger logger)
{
    public static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private const int AttemptsPerLogEntry = 10;

    private long _startedAt;
    private int _failures;

    /// <summary>Retries until an attempt succeeds.</summary>
    /// <param name="attempt">One attempt, which must have its own timeout.</param>
    /// <param name="isTransient">Returns whether the fault is transient. Any other fault is thrown at once.</param>
    /// <exception cref="DependencyUnavailableException">The dependency was not reachable within the limit.</exception>
    public async Task RunAsync(
        Func<CancellationToken, Task> attempt, Func<Exception, bool> isTransient, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await attempt(cancellationToken);
                if (_failures > 0)
                    LogAvailable(dependency, Math.Round(time.GetElapsedTime(_startedAt).TotalSeconds, 1));
                return;
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested && isTransient(exception))
            {
                await DelayAfterFailureAsync(exception, cancellationToken);
            }
        }
    }

    /// <summary>Waits until the next attempt.</summary>
    /// <exception cref="DependencyUnavailableException">The limit is exceeded, so there is no next attempt.</exception>
    public async Task DelayAfterFailureAsync(Exception reason, CancellationToken cancellationToken)
    {
        if (_failures == 0)
            _startedAt = time.GetTimestamp();
        if (time.GetElapsedTime(_startedAt) >= limit)
            throw new DependencyUnavailableException(dependency, setting, limit, reason);
        if (_failures++ % AttemptsPerLogEntry == 0)
            LogWaiting(dependency, reason.Message, setting, limit);
        await Task.Delay(RetryDelay, time, cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "Waiting for {Dependency}: {Reason} (see the setting {Setting}; the start fails after {Limit})")]
    private partial void LogWaiting(string dependency, string reason, string setting, TimeSpan limit);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Dependency} became available after {Seconds} s.")]
    private partial void LogAvailable(string dependency, double seconds);
}
