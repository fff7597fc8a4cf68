namespace JubileeVerse.Queues;

/// <summary>
/// One unit is on its way at a time; what comes meanwhile makes the next. So units grow with the load by themselves, and are written
/// in order. Used in a grain's turns only: what one turn adds goes together.
/// </summary>
internal sealed class WriteLane<TRound, TItem>(Func<TRound, Task> commit)
    where TRound : class, IWriteRound<TItem>, new()
{
    private readonly Queue<Entry> _waiting = new();
    private Entry? _last;
    private bool _isWriting;

    /// <summary>Completes when nothing is left to write, however that went.</summary>
    public Task Written { get; private set; } = Task.CompletedTask;

    /// <summary>Completes after the commit, or with what went wrong with the unit.</summary>
    public Task Add(TItem item)
    {
        if (_last is null || !_last.Round.TryAdd(item))
        {
            _last = new Entry();
            _last.Round.TryAdd(item);
            _waiting.Enqueue(_last);
        }

        var added = _last;
        if (!_isWriting)
        {
            _isWriting = true;
            Written = WriteAsync();
        }

        return added.Done.Task;
    }

    private async Task WriteAsync()
    {
        await Task.Yield();
        while (_waiting.TryDequeue(out var entry))
        {
            if (entry == _last)
                _last = null;
            try
            {
                await commit(entry.Round);
                entry.Done.TrySetResult();
            }
            catch (Exception exception)
            {
                // Who does not wait for it may never look; that is their choice and no unobserved exception.
                entry.Done.TrySetException(exception);
                _ = entry.Done.Task.Exception;
            }
        }

        _isWriting = false;
    }

    private sealed class Entry
    {
        public TRound Round { get; } = new();

        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
