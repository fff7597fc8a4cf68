namespace JubileeVerse.Storage;

/// <summary>Runs blocking work on one thread of its own, so that no thread of the pool ever waits for a disk or a file lock.</summary>
internal sealed class DedicatedThread : IAsyncDisposable
{
    // A monitor and not a blocking collection: that one spins before it waits, which took a tenth of two busy cores.
    private readonly Queue<Action> _work = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _completed;

    public DedicatedThread(string name)
    {
        var thread = new Thread(Run) { IsBackground = true, Name = name };
        thread.UnsafeStart();
    }

    public Task<T> RunAsync<T>(Func<T> work)
    {
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_work)
        {
            ObjectDisposedException.ThrowIf(_completed, this);
            _work.Enqueue(() =>
            {
                try
                {
                    result.SetResult(work());
                }
                catch (Exception e)
                {
                    result.SetException(e);
                }
            });
            Monitor.Pulse(_work);
        }

        return result.Task;
    }

    public async ValueTask DisposeAsync()
    {
        lock (_work)
        {
            _completed = true;
            Monitor.Pulse(_work);
        }

        await _ended.Task.ConfigureAwait(false);
    }

    private void Run()
    {
        while (Next() is { } work)
            work();
        _ended.SetResult();
    }

    /// <summary>Null: there is no more, and there will be none.</summary>
    private Action? Next()
    {
        lock (_work)
        {
            while (_work.Count == 0 && !_completed)
                Monitor.Wait(_work);
            return _work.Count > 0 ? _work.Dequeue() : null;
        }
    }
}
