using Microsoft.Extensions.Logging;

namespace JubileeVerse.ServiceDefaults.Health;

/// <summary>
/// Asks every dependency side by side, each with a limit. Probes are public, so an answer is shared for a second:
/// a thousand askers are one question.
/// </summary>
public sealed partial class HealthChecks(IEnumerable<IHealthProbe> probes, TimeProvider time, ILogger<HealthChecks> logger)
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan SharedFor = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private Task<IReadOnlyDictionary<string, CheckResult>>? _latest;
    private long _askedAt;

    public Task<IReadOnlyDictionary<string, CheckResult>> RunAsync()
    {
        lock (_gate)
        {
            if (_latest is null || (_latest.IsCompleted && time.GetElapsedTime(_askedAt) >= SharedFor))
            {
                _askedAt = time.GetTimestamp();
                _latest = AskAllAsync();
            }

            return _latest;
        }
    }

    private async Task<IReadOnlyDictionary<string, CheckResult>> AskAllAsync()
    {
        var results = await Task.WhenAll(probes.Select(async probe => (probe.Name, Result: await AskAsync(probe))));
        return results.ToDictionary(result => result.Name, result => result.Result);
    }

    private async Task<CheckResult> AskAsync(IHealthProbe probe)
    {
        var start = time.GetTimestamp();
        var status = CheckResult.Healthy;
        using var limit = new CancellationTokenSource(Limit, time);
        try
        {
            // A call into a cluster that is gone does not look at its token.
            await probe.CheckAsync(limit.Token).WaitAsync(limit.Token);
        }
        catch (Exception exception)
        {
            status = CheckResult.Unhealthy;
            LogUnhealthy(probe.Name, exception.Message);
        }

        return new CheckResult(status, Math.Round(time.GetElapsedTime(start).TotalMilliseconds, 1), probe.IsVital);
    }

    // At most once a second for each dependency, and without the stack: the same thing said again.
    [LoggerMessage(Level = LogLevel.Warning, Message = "{Dependency} is unhealthy: {Reason}")]
    private partial void LogUnhealthy(string dependency, string reason);
}
