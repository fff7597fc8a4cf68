using JubileeVerse.Gateway.Errors;
using JubileeVerse.Gateway.Realtime.Connections;
using JubileeVerse.Operations;
using JubileeVerse.Queues;
using JubileeVerse.ServiceDefaults.Health;

namespace JubileeVerse.Gateway.Operations;

/// <summary>Builds the response of the health endpoint.</summary>
internal sealed class HealthReporter(IGrainFactory grains, HealthChecks checks, LiveConnections connections, TimeProvider time)
{
    private readonly long _startedAt = time.GetTimestamp();

    public async Task<HealthResponse> ReportAsync(CancellationToken cancellationToken)
    {
        var results = await checks.RunAsync();
        var queues = results.Values.Any(check => check is { IsVital: true, IsHealthy: false })
            ? null
            : await QueuesAsync(cancellationToken);
        return new HealthResponse(
            StatusOf(results.Values, queues is not null),
            time.GetUtcNow(),
            Math.Round(time.GetElapsedTime(_startedAt).TotalSeconds, 1),
            ProgramVersion.Text,
            new MemoryUse(Environment.WorkingSet, GC.GetTotalMemory(false), GC.GetGCMemoryInfo().TotalAvailableMemoryBytes),
            results,
            connections.Count(),
            queues ?? new Dictionary<string, QueueCount>());
    }

    private static string StatusOf(IEnumerable<CheckResult> results, bool queuesResponded)
    {
        var unhealthy = results.Where(check => !check.IsHealthy).ToArray();
        if (unhealthy.Any(check => check.IsVital))
            return "unhealthy";
        return unhealthy.Length == 0 && queuesResponded ? "healthy" : "degraded";
    }

    /// <summary>Null if the queues do not respond in time.</summary>
    private async Task<IReadOnlyDictionary<string, QueueCount>?> QueuesAsync(CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(HealthChecks.Timeout, time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token);
        try
        {
            var names = await grains.GetGrain<IQueueQueriesGrain>(0).NamesAsync(limit.Token).WaitAsync(limit.Token);
            var statuses = await Task.WhenAll(names.Select(name => grains.GetGrain<IQueueGrain>(name).GetAsync(limit.Token)))
                .WaitAsync(limit.Token);
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
