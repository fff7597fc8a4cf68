namespace JubileeVerse.Queues.Store.Writing;

/// <summary>
/// Commits items in batches, with a bounded number of commits in flight; the items that arrive meanwhile form the next batch. Batches
/// therefore grow with the load, and they are sent in order; a store that keeps that order also writes them in order. With two in flight,
/// the store works on one batch while the callers of the other fill the next. Used only on a grain's scheduler: items that are added
/// without yielding form one batch.
/// </summary>
/// <param name="maxInFlight">The largest number of commits in flight, 1 or more.</param>
/// <param name="commit">Commits a batch.</param>
/// <param name="onFree">
/// Called when a batch was sent, and when the last commit has ended. Items that it adds go into the next batch.
/// </param>
internal sealed class WriteLane<TBatch, TItem>(int maxInFlight, Func<TBatch, Task> commit, Action? onFree = null)
    where TBatch : class, IWriteBatch<TItem>, new()
{
    private readonly Queue<Entry> _waiting = new();
    private Entry? _last;
    private Task _sending = Task.CompletedTask;
    private TaskCompletionSource? _emptied;
    private int _inFlight;

    /// <summary>Completes when no item waits and no commit is in flight, whether the commits succeeded or failed.</summary>
    public Task Drained => IsEmpty
        ? Task.CompletedTask
        : (_emptied ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>No item waits and no commit is in flight: an added item is sent at once.</summary>
    public bool IsEmpty => _waiting.Count == 0 && _inFlight == 0;

    /// <summary>Adds an item; completes after its commit, or with the exception of the commit.</summary>
    public Task Add(TItem item)
    {
        if (_last is null || !_last.Batch.TryAdd(item))
        {
            _last = new Entry();
            _last.Batch.TryAdd(item);
            _waiting.Enqueue(_last);
        }

        var added = _last;
        if (_sending.IsCompleted && _inFlight < maxInFlight)
            _sending = SendAsync();
        return added.Done.Task;
    }

    /// <summary>Yields first, so that all items of the current grain turn form one batch.</summary>
    private async Task SendAsync()
    {
        await Task.Yield();
        while (_inFlight < maxInFlight && _waiting.TryDequeue(out var entry))
        {
            if (entry == _last)
                _last = null;
            _inFlight++;
            CommitAsync(entry).Ignore();
            onFree?.Invoke();
        }
    }

    private async Task CommitAsync(Entry entry)
    {
        try
        {
            await commit(entry.Batch);
            entry.Done.TrySetResult();
        }
        catch (Exception exception)
        {
            // A caller may choose not to await the item; its exception must not become an unobserved task exception.
            entry.Done.TrySetException(exception);
            _ = entry.Done.Task.Exception;
        }

        _inFlight--;
        if (IsEmpty)
            onFree?.Invoke();
        if (_waiting.Count > 0 && _sending.IsCompleted)
            _sending = SendAsync();
        if (IsEmpty)
        {
            _emptied?.TrySetResult();
            _emptied = null;
        }
    }

    private sealed class Entry
    {
        public TBatch Batch { get; } = new();

        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
