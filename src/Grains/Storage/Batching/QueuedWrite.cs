namespace JubileeVerse.Storage.Batching;

/// <summary>A unit in the batcher's queue. One compare-and-exchange decides whether a batch takes it or its caller drops it.</summary>
internal sealed class QueuedWrite(WriteUnit unit) : PendingWrite
{
    private const int Waiting = 0;
    private const int Taken = 1;
    private const int Dropped = 2;

    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _state;

    public WriteUnit Unit { get; } = unit;

    public override Task Completion => _done.Task;

    public override bool TryDrop()
    {
        if (Interlocked.CompareExchange(ref _state, Dropped, Waiting) == Waiting)
            _done.TrySetCanceled();
        return Volatile.Read(ref _state) == Dropped;
    }

    /// <summary>Returns false if the unit was dropped and must not be written.</summary>
    public bool TryTake() => Interlocked.CompareExchange(ref _state, Taken, Waiting) == Waiting;

    public void Succeed() => _done.TrySetResult();

    public void Fail(Exception exception)
    {
        // A caller that does not await the task must not cause an unobserved task exception.
        if (_done.TrySetException(exception))
            _ = _done.Task.Exception;
    }
}
