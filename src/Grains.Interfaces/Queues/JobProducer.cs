using System.Collections.Concurrent;
using JubileeVerse.Errors;

namespace JubileeVerse.Queues;

/// <summary>
/// Adds single jobs, of one process to any queue. Few calls are on their way at a time, and what is added meanwhile makes the next: a
/// lone job waits for nothing, and under load a call carries hundreds. One for a process; safe for many threads.
/// </summary>
/// <remarks>
/// A call stores all of its jobs or none. One that the queue refuses is halved until those at fault stand alone, so a job fails for its own
/// faults only; one of which nobody knows whether it was stored fails as a whole and is not sent again. Jobs are accepted in the order in which they were added where each waits for the one before; others may overtake.
/// </remarks>
/// <param name="queue">Finds a queue by its name.</param>
public sealed class JobProducer(Func<string, IQueueIntake> queue)
{
    /// <summary>Jobs of one queue that wait for a call. More are refused with <c>queue-full</c>.</summary>
    public const int MaxWaiting = 100_000;

    /// <summary>With two the queue works at one while the other is being made.</summary>
    private const int MaxUnderWay = 2;

    /// <summary>Characters of payload in a call; a first job always goes.</summary>
    private const int MaxPayload = 1024 * 1024;

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, Lane> _lanes = new();

    /// <summary>As <see cref="IQueueIntake.AddAsync"/> for one job.</summary>
    /// <param name="name">The queue's.</param>
    /// <param name="cancellationToken">A job that is not on its way yet is not added then; of one that is, nothing is known.</param>
    public async Task<AddedJob> AddAsync(string name, NewJob job, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var add = new Add(job, cancellationToken);
        _lanes.GetOrAdd(name, static (key, find) => new Lane(find(key)), queue).Enter(add);
        return await add.Done.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private sealed record Add(NewJob Job, CancellationToken Cancellation)
    {
        public TaskCompletionSource<AddedJob> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class Lane(IQueueIntake intake)
    {
        private readonly Lock _lock = new();
        private readonly Queue<Add> _waiting = new();
        private int _underWay;

        public void Enter(Add add)
        {
            lock (_lock)
            {
                if (_waiting.Count >= MaxWaiting)
                {
                    throw new JubileeException(ErrorCode.QueueFull, $"{MaxWaiting} jobs wait in this process; nothing was added.") { RetryAfter = RetryAfter };
                }

                _waiting.Enqueue(add);
                if (_underWay == MaxUnderWay)
                    return;
                _underWay++;
            }

            // Neither in the turn of a grain that adds nor in its trace: the call carries others' jobs too.
            using (ExecutionContext.IsFlowSuppressed() ? (AsyncFlowControl?)null : ExecutionContext.SuppressFlow())
                _ = Task.Run(SendAsync, CancellationToken.None);
        }

        private async Task SendAsync()
        {
            while (Next() is { } adds)
                await SendAsync(adds).ConfigureAwait(false);
        }

        private Add[]? Next()
        {
            lock (_lock)
            {
                var adds = new List<Add>();
                var payload = 0;
                while (adds.Count < IQueueIntake.MaxJobs && _waiting.TryPeek(out var add) && (adds.Count == 0 || payload + Size(add) <= MaxPayload))
                {
                    _waiting.Dequeue();
                    if (add.Cancellation.IsCancellationRequested)
                        continue;
                    payload += Size(add);
                    adds.Add(add);
                }

                if (adds.Count > 0)
                    return [.. adds];
                _underWay--;
                return null;
            }

            static int Size(Add add) => add.Job.Payload?.Length ?? 0;
        }

        private async Task SendAsync(ArraySegment<Add> adds)
        {
            try
            {
                var added = await intake.AddAsync([.. adds.Select(add => add.Job)], CancellationToken.None).ConfigureAwait(false);
                if (added.Length != adds.Count)
                    throw new InvalidOperationException($"The queue has answered for {added.Length} of {adds.Count} jobs.");
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

        // Anything else leaves open whether they were stored, such as a store that went away during the commit: sent again, jobs without an id
        // would be stored twice.
        private static bool StoredNothing(ErrorCode code) => code is ErrorCode.InvalidRequest or ErrorCode.QueueFull;
    }
}
