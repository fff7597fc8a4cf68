namespace JubileeVerse.Queues.Store;

/// <summary>
/// Few units are on their way at a time; what comes meanwhile makes the next. So units grow with the load by themselves, and are sent,
/// and by a store that keeps the order also written, in order. With two, the store works at one while the callers of the other make
/// the next. Used in a grain's turns only: what one turn adds goes together.
/// </summary>
/// <param name="maxUnderWay">1 or more units.</param>
/// <param name="commit">Writes one.</param>
/// <param name="free">Called when a unit has been sent, or has come back and no other follows: what is added then goes with the next.</param>
internal sealed class WriteLane<TRound, TItem>(int maxUnderWay, Func<TRound, Task> commit, Action? free = null)
    where TRound : class, IWriteRound<TItem>, new()
{
    private readonly Queue<Entry> _waiting = new();
    private Entry? _last;
    private Task _sending = Task.CompletedTask;
    private TaskCompletionSource? _emptied;
    private int _underWay;

    /// <summary>Completes when nothing is left to write, however that went.</summary>
    public Task Written => IsEmpty ? Task.CompletedTask : (_emptied ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>Nothing waits and nothing is under way: what is added goes at once.</summary>
    public bool IsEmpty => _waiting.Count == 0 && _underWay == 0;

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
        if (_sending.IsCompleted && _underWay < maxUnderWay)
            _sending = SendAsync();
        return added.Done.Task;
    }

    /// <summary>After the turn that asked for it, so that all of that turn goes together.</summary>
    private async Task SendAsync()
    {
        await Task.Yield();
        while (_underWay < maxUnderWay && _waiting.TryDequeue(out var entry))
        {
            if (entry == _last)
                _last = null;
            _underWay++;
            CommitAsync(entry).Ignore();
            free?.Invoke();
        }
    }

    private async Task CommitAsync(Entry entry)
    {
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

        _underWay--;
        if (IsEmpty)
            free?.Invoke();
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
        public TRound Round { get; } = new();

        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
