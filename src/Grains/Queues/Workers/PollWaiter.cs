using System.Collections.Immutable;
using JubileeVerse.Queues.State;

namespace JubileeVerse.Queues.Workers;

/// <summary>A worker's poll that waits for work at the queue. It is answered once: with starts, or empty when its time is up.</summary>
internal sealed class PollWaiter(WorkerPoll poll)
{
    private readonly TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public WorkerPoll Poll => poll;

    public ImmutableArray<JobStart> Starts { get; private set; } = [];

    /// <summary>Completes when those starts are stored that have to be before they are answered.</summary>
    public Task StartsWritten { get; private set; } = Task.CompletedTask;

    /// <summary>How many more jobs it can be given.</summary>
    public int Room => Math.Min(poll.Slots, PollResult.MaxGrants) - Starts.Length;

    public void Add(ImmutableArray<JobStart> starts) => Starts = Starts.AddRange(starts);

    public void AddWrite(Task write) => StartsWritten = Task.WhenAll(StartsWritten, write);

    public void Complete() => _answered.TrySetResult();

    /// <summary>Waits until it is answered, and at most as long as its patience lasts. <see cref="Starts"/> are complete once nobody can add to it.</summary>
    public async Task WaitAsync(TimeSpan patience, TimeProvider time)
    {
        try
        {
            await _answered.Task.WaitAsync(patience, time);
        }
        catch (TimeoutException)
        {
            // An empty answer: the worker asks again and so renews its leases.
        }
    }
}
