namespace JubileeVerse.Storage;

/// <summary>A unit in the batcher's queue. One exchange decides between the batch that takes it and the caller who drops it.</summary>
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

    /// <summary>False: it was dropped and must not be written.</summary>
    public bool TryTake() => Interlocked.CompareExchange(ref _state, Taken, Waiting) == Waiting;

    public void Succeed() => _done.TrySetResult();

    public void Fail(Exception exception)
    {
        // Who enqueued without waiting may never look; that is their choice and no unobserved exception.
        if (_done.TrySetException(exception))
            _ = _done.Task.Exception;
    }
}
