using JubileeVerse.Gateway.Errors;
using JubileeVerse.Gateway.Realtime;
using JubileeVerse.Operations;
using JubileeVerse.Queues;
using JubileeVerse.ServiceDefaults.Health;

namespace JubileeVerse.Gateway.Operations;

/// <summary>Puts the health answer together.</summary>
internal sealed class HealthReporter(IGrainFactory grains, HealthChecks checks, LiveConnections connections, TimeProvider time)
{
    private readonly long _startedAt = time.GetTimestamp();

    public async Task<HealthAnswer> ReportAsync(CancellationToken cancellationToken)
    {
        var results = await checks.RunAsync();
        var queues = results.Values.Any(check => check is { IsVital: true, IsHealthy: false }) ? null : await QueuesAsync(cancellationToken);
        return new HealthAnswer(
            StatusOf(results.Values, queues is not null),
            time.GetUtcNow(),
            Math.Round(time.GetElapsedTime(_startedAt).TotalSeconds, 1),
            ProgramVersion.Text,
            new MemoryUse(Environment.WorkingSet, GC.GetTotalMemory(false), GC.GetGCMemoryInfo().TotalAvailableMemoryBytes),
            results,
            connections.Count(),
            queues ?? new Dictionary<string, QueueCount>());
    }

    private static string StatusOf(IEnumerable<CheckResult> results, bool queuesAnswered)
    {
        var unhealthy = results.Where(check => !check.IsHealthy).ToArray();
        if (unhealthy.Any(check => check.IsVital))
            return "unhealthy";
        return unhealthy.Length == 0 && queuesAnswered ? "healthy" : "degraded";
    }

    /// <summary>Null when they do not answer in time.</summary>
    private async Task<IReadOnlyDictionary<string, QueueCount>?> QueuesAsync(CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(HealthChecks.Limit, time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token);
        try
        {
            var names = await grains.GetGrain<IQueueQueries>(0).NamesAsync(limit.Token).WaitAsync(limit.Token);
            var statuses = await Task.WhenAll(names.Select(name => grains.GetGrain<IQueueGrain>(name).GetAsync(limit.Token))).WaitAsync(limit.Token);
            return statuses.ToDictionary(
                queue => queue.Name,
                queue => new QueueCount(queue.Waiting, queue.Active, queue.Completed, queue.Failed, queue.Delayed, queue.Paused));
        }
        catch (Exception exception) when (exception is OperationCanceledException || ExceptionProblem.IsTransient(exception))
        {
            return null;
        }
    }
}
