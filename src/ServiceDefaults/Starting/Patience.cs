using Microsoft.Extensions.Logging;

namespace JubileeVerse.ServiceDefaults.Starting;

/// <summary>
/// Waiting at start for one dependency: a try a second, a line in the log at first and then now and again, and an end.
/// </summary>
/// <param name="dependency">As people call it.</param>
/// <param name="setting">The whole key of the setting that says where it is.</param>
/// <param name="limit">How long all tries together may take.</param>
public sealed partial class Patience(string dependency, string setting, TimeSpan limit, TimeProvider time, ILogger logger)
{
    public static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private const int TriesPerReminder = 10;

    private long _startedAt;
    private int _failures;

    /// <summary>Tries until it works.</summary>
    /// <param name="attempt">Keeps its own time-out.</param>
    /// <param name="isAway">False: the fault will not pass, so it is thrown at once.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="DependencyAwayException">It did not come within the limit.</exception>
    public async Task TryAsync(Func<CancellationToken, Task> attempt, Func<Exception, bool> isAway, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await attempt(cancellationToken);
                if (_failures > 0)
                    LogCame(dependency, Math.Round(time.GetElapsedTime(_startedAt).TotalSeconds, 1));
                return;
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested && isAway(exception))
            {
                await AfterFailureAsync(exception, cancellationToken);
            }
        }
    }

    /// <summary>Returns when it is time for the next try.</summary>
    /// <exception cref="DependencyAwayException">There is none.</exception>
    public async Task AfterFailureAsync(Exception reason, CancellationToken cancellationToken)
    {
        if (_failures == 0)
            _startedAt = time.GetTimestamp();
        if (time.GetElapsedTime(_startedAt) >= limit)
            throw new DependencyAwayException(dependency, setting, limit, reason);
        if (_failures++ % TriesPerReminder == 0)
            LogAway(dependency, reason.Message, setting, limit);
        await Task.Delay(RetryDelay, time, cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Waiting for {Dependency}: {Reason} (see {Setting}; the start is given up after {Limit})")]
    private partial void LogAway(string dependency, string reason, string setting, TimeSpan limit);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Dependency} is there after {Seconds} s.")]
    private partial void LogCame(string dependency, double seconds);
}
