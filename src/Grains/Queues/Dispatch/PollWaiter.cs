using System.Collections.Immutable;
using JubileeVerse.Queues.State.Jobs;

namespace JubileeVerse.Queues.Dispatch;

/// <summary>A worker's poll that waits for work. It completes once: with starts, or empty after a timeout.</summary>
internal sealed class PollWaiter(WorkerPoll poll)
{
    private readonly TaskCompletionSource _completed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public WorkerPoll Poll => poll;

    public ImmutableArray<JobStart> Starts { get; private set; } = [];

    /// <summary>Completes when the starts that must be stored before they are granted are stored.</summary>
    public Task StartsWritten { get; private set; } = Task.CompletedTask;

    /// <summary>The number of further jobs that can be assigned to this poll.</summary>
    public int RemainingCapacity => Math.Min(poll.Slots, PollResult.MaxGrants) - Starts.Length;

    public void Add(ImmutableArray<JobStart> starts) => Starts = Starts.AddRange(starts);

    public void AddWrite(Task write) => StartsWritten = Task.WhenAll(StartsWritten, write);

    public void Complete() => _completed.TrySetResult();

    /// <summary>
    /// Waits until the poll completes or the timeout elapses. <see cref="Starts"/> are final once the queue no longer holds this waiter.
    /// </summary>
    public async Task WaitAsync(TimeSpan timeout, TimeProvider time)
    {
        try
        {
            await _completed.Task.WaitAsync(timeout, time);
        }
        catch (TimeoutException)
        {
            // The result is empty. The worker polls again, which renews its leases.
        }
    }
}
