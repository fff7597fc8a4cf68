using System.Collections.Concurrent;
using JubileeVerse.Errors;

namespace JubileeVerse.Queues.Jobs;

/// <summary>
/// Adds single jobs to any queue and batches them. Few calls are in flight at a time, and jobs that are added meanwhile form the next
/// batch: a lone job is sent at once, and under load a call carries hundreds. A singleton of the process; thread-safe.
/// </summary>
/// <remarks>
/// A call stores all of its jobs or none. A refused batch is split in half until the invalid jobs are alone, so a job fails only for its
/// own faults. A batch with an unknown outcome fails as a whole and is not sent again, because jobs without an id would be stored twice.
/// Jobs are accepted in order only if each is added after the previous one was accepted; otherwise they may overtake each other.
/// </remarks>
/// <param name="queue">Finds a queue by its name.</param>
public sealed class JobProducer(Func<string, IQueueIntakeGrain> queue)
{
    /// <summary>Maximum number of jobs of one queue that wait for a call. More are refused with <c>queue-full</c>.</summary>
    public const int MaxWaiting = 100_000;

    /// <summary>With two calls, the queue processes one while the next one is being prepared.</summary>
    private const int MaxInFlightCalls = 2;

    /// <summary>Maximum payload characters of a call. The first job is always sent.</summary>
    private const int MaxPayloadLength = 1024 * 1024;

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, QueueSender> _senders = new();

    /// <summary>Does the same as <see cref="IQueueIntakeGrain.AddAsync"/> for one job.</summary>
    /// <param name="name">The name of the queue.</param>
    /// <param name="cancellationToken">
    /// A job that has not been sent yet is not added. The outcome of a job that has been sent is unknown.
    /// </param>
    public async Task<AddedJob> AddAsync(string name, NewJob job, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var add = new PendingAdd(job, cancellationToken);
        _senders.GetOrAdd(name, static (key, find) => new QueueSender(find(key)), queue).Enqueue(add);
        return await add.Done.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private sealed record PendingAdd(NewJob Job, CancellationToken Cancellation)
    {
        public TaskCompletionSource<AddedJob> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class QueueSender(IQueueIntakeGrain intake)
    {
        private readonly Lock _lock = new();
        private readonly Queue<PendingAdd> _waiting = new();
        private int _inFlightCalls;

        public void Enqueue(PendingAdd add)
        {
            lock (_lock)
            {
                if (_waiting.Count >= MaxWaiting)
                {
                    var message = $"The job was not added: {MaxWaiting} jobs of its queue already wait in this process.";
                    throw new JubileeException(ErrorCode.QueueFull, message) { RetryAfter = RetryAfter };
                }

                _waiting.Enqueue(add);
                if (_inFlightCalls == MaxInFlightCalls)
                    return;
                _inFlightCalls++;
            }

            // The call must run neither on the scheduler of the grain that adds nor in its trace, because it carries jobs of other callers
            // too.
            using (ExecutionContext.IsFlowSuppressed() ? (AsyncFlowControl?)null : ExecutionContext.SuppressFlow())
                _ = SendAsync();
        }

        private async Task SendAsync()
        {
            // Continues on the thread pool, whatever the caller's scheduler is.
            await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            while (TakeBatch() is { } adds)
                await SendAsync(adds).ConfigureAwait(false);
        }

        private PendingAdd[]? TakeBatch()
        {
            lock (_lock)
            {
                var adds = new List<PendingAdd>();
                var payload = 0;
                while (adds.Count < IQueueIntakeGrain.MaxJobs
                    && _waiting.TryPeek(out var add)
                    && (adds.Count == 0 || payload + Size(add) <= MaxPayloadLength))
                {
                    _waiting.Dequeue();
                    if (add.Cancellation.IsCancellationRequested)
                        continue;
                    payload += Size(add);
                    adds.Add(add);
                }

                if (adds.Count > 0)
                    return [.. adds];
                _inFlightCalls--;
                return null;
            }

            static int Size(PendingAdd add) => add.Job.Payload?.Length ?? 0;
        }

        private async Task SendAsync(ArraySegment<PendingAdd> adds)
        {
            try
            {
                var added = await intake.AddAsync([.. adds.Select(add => add.Job)], CancellationToken.None).ConfigureAwait(false);
                if (added.Length != adds.Count)
                    throw new InvalidOperationException($"The queue returned {added.Length} results for {adds.Count} jobs.");
                for (var i = 0; i < added.Length; i++)
                    adds[i].Done.TrySetResult(added[i]);
            }
            catch (JubileeException refusal) when (adds.Count > 1 && StoredNothing(refusal.Code))
            {
                var half = adds.Count / 2;
                await SendAsync(adds[..half]).ConfigureAwait(false);
                await SendAsync(adds[half..]).ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                foreach (var add in adds)
                    add.Done.TrySetException(exception);
            }
        }

        // After any other error the outcome is unknown, for example if the store became unavailable during the commit. Jobs without an id
        // would be stored twice if they were sent again.
        private static bool StoredNothing(ErrorCode code) => code is ErrorCode.InvalidRequest or ErrorCode.QueueFull;
    }
}
