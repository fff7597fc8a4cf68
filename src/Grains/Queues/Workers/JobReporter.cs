using System.Collections.Concurrent;
using System.Collections.Immutable;
using JubileeVerse.Queues.Jobs;
using Microsoft.Extensions.Logging;

namespace JubileeVerse.Queues.Workers;

/// <summary>
/// Reports the results of a worker's runs to the queue. Results that arrive while the maximum number of calls is in progress are sent
/// together with the next call. This keeps the number of calls small under load and does not delay a single result.
/// </summary>
internal sealed partial class JobReporter(IQueueGrain queue, string name, TimeProvider time, ILogger logger)
{
    /// <summary>
    /// The number of attempts of one call, about a minute. This exceeds the duration of a lease, after which another worker has the job.
    /// </summary>
    private const int MaxAttempts = 240;

    /// <summary>
    /// The maximum number of concurrent calls. Each call waits for its commit. With fewer calls, finished runs keep their slots while they
    /// wait for the commit of other runs, and the queue and its store are idle alternately. Two calls halved the throughput of short jobs.
    /// </summary>
    public const int MaxCalls = 8;

    private const int MaxReports = 1000;

    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(250);

    private readonly ConcurrentQueue<(JobReport Report, TaskCompletionSource Done)> _pending = new();
    private int _calls;

    /// <summary>Whether the queue supports batches, as of its latest poll result.</summary>
    public bool TakesBatches { get; set; }

    /// <summary>Completes when the queue has recorded the result, has rejected a lost lease, or was unreachable for too long.</summary>
    public Task ReportAsync(JobReport report)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _pending.Enqueue((report, done));
        TrySend();
        return done.Task;
    }

    private void TrySend()
    {
        if (Interlocked.Increment(ref _calls) <= MaxCalls)
            _ = SendAsync();
        else
            Interlocked.Decrement(ref _calls);
    }

    private async Task SendAsync()
    {
        while (TakePending() is { Count: > 0 } batch)
        {
            await SendWithRetriesAsync([.. batch.Select(pending => pending.Report)]);
            foreach (var (_, done) in batch)
                done.TrySetResult();
        }

        Interlocked.Decrement(ref _calls);

        // A report that was added after the queue was found empty did not start a call, because this call was still counted.
        if (!_pending.IsEmpty)
            TrySend();
    }

    private List<(JobReport Report, TaskCompletionSource Done)> TakePending()
    {
        var batch = new List<(JobReport Report, TaskCompletionSource Done)>();
        while (batch.Count < MaxReports && _pending.TryDequeue(out var pending))
            batch.Add(pending);
        return batch;
    }

    private async Task SendWithRetriesAsync(ImmutableArray<JobReport> reports)
    {
        // The retries are bounded, because a queue that is unreachable for longer than a lease assigns the jobs to another worker.
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            try
            {
                if (TakesBatches)
                    await queue.ReportManyAsync(reports, CancellationToken.None);
                else
                    await Task.WhenAll(reports.Select(report => queue.ReportAsync(report, CancellationToken.None)));
                return;
            }
            catch (Exception exception)
            {
                LogReportFailed(exception, reports.Length, name);
                await Task.Delay(RetryDelay, time);
            }
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The results of {JobCount} jobs could not be reported to queue {Queue}; the report is retried.")]
    private partial void LogReportFailed(Exception exception, int jobCount, string queue);
}
