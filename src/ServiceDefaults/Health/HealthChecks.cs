using Microsoft.Extensions.Logging;

namespace JubileeVerse.ServiceDefaults.Health;

/// <summary>
/// Checks all dependencies concurrently, each with a timeout. The endpoints are public, so results are shared for a second: a thousand
/// callers cause one check.
/// </summary>
public sealed partial class HealthChecks(IEnumerable<IHealthProbe> probes, TimeProvider time, ILogger<HealthChecks> logger)
{
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan ResultLifetime = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private Task<IReadOnlyDictionary<string, CheckResult>>? _latest;
    private long _startedAt;

    public Task<IReadOnlyDictionary<string, CheckResult>> RunAsync()
    {
        lock (_lock)
        {
            if (_latest is null || (_latest.IsCompleted && time.GetElapsedTime(_startedAt) >= ResultLifetime))
            {
                _startedAt = time.GetTimestamp();
                _latest = CheckAllAsync();
            }

            return _latest;
        }
    }

    private async Task<IReadOnlyDictionary<string, CheckResult>> CheckAllAsync()
    {
        var results = await Task.WhenAll(probes.Select(async probe => (probe.Name, Result: await CheckAsync(probe))));
        return results.ToDictionary(result => result.Name, result => result.Result);
    }

    private async Task<CheckResult> CheckAsync(IHealthProbe probe)
    {
        var start = time.GetTimestamp();
        var status = CheckResult.Healthy;
        using var limit = new CancellationTokenSource(Timeout, time);
        try
        {
            // WaitAsync is needed because a grain call ignores its token while the cluster is unreachable.
            await probe.CheckAsync(limit.Token).WaitAsync(limit.Token);
        }
        catch (Exception exception)
        {
            status = CheckResult.Unhealthy;
            LogUnhealthy(probe.Name, exception.Message);
        }

        return new CheckResult(status, Math.Round(time.GetElapsedTime(start).TotalMilliseconds, 1), probe.IsVital);
    }

    // Logged at most once a second for each dependency, and without a stack trace, because the message repeats.
    [LoggerMessage(Level = LogLevel.Warning, Message = "{Dependency} is unhealthy: {Reason}")]
    private partial void LogUnhealthy(string dependency, string reason);
}
