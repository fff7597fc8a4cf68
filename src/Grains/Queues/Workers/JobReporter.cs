using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.Logging;

namespace JubileeVerse.Queues.Workers;

/// <summary>
/// Brings the ends of a worker's runs to the queue. What ends while all calls are out goes together with the next: so calls are few under
/// load, and a single end never waits.
/// </summary>
internal sealed partial class JobReporter(IQueueGrain queue, string name, TimeProvider time, ILogger logger)
{
    /// <summary>A minute of trying: longer than a lease, after which another worker has the job anyway.</summary>
    private const int MaxTries = 240;

    /// <summary>
    /// Each waits for its commit, and what it frees is given out meanwhile: with fewer, runs that have ended wait for somebody else's commit
    /// with their slots still taken, and the queue and its store idle in turns (two of them processed half as many short jobs).
    /// </summary>
    public const int MaxCalls = 8;

    private const int MaxReports = 1000;

    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(250);

    private readonly ConcurrentQueue<(JobReport Report, TaskCompletionSource Done)> _ended = new();
    private int _calls;

    /// <summary>As the queue's latest answer said.</summary>
    public bool TakesBatches { get; set; }

    /// <summary>Completes when the queue has recorded it, has said that the lease is lost, or was out of reach for too long.</summary>
    public Task ReportAsync(JobReport report)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _ended.Enqueue((report, done));
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
        while (Take() is { Count: > 0 } reports)
        {
            await DeliverAsync([.. reports.Select(one => one.Report)]);
            foreach (var (_, done) in reports)
                done.TrySetResult();
        }

        Interlocked.Decrement(ref _calls);

        // One that came after the last look saw this call still out.
        if (!_ended.IsEmpty)
            TrySend();
    }

    private List<(JobReport Report, TaskCompletionSource Done)> Take()
    {
        var reports = new List<(JobReport Report, TaskCompletionSource Done)>();
        while (reports.Count < MaxReports && _ended.TryDequeue(out var one))
            reports.Add(one);
        return reports;
    }

    private async Task DeliverAsync(ImmutableArray<JobReport> reports)
    {
        // Bounded by the lease: a queue that cannot be reached for longer gives the jobs to another worker.
        for (var tries = 0; tries < MaxTries; tries++)
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

    [LoggerMessage(Level = LogLevel.Warning, Message = "The ends of {Jobs} jobs could not be reported to queue {Queue}; it is tried again.")]
    private partial void LogReportFailed(Exception exception, int jobs, string queue);
}
