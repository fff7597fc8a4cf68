namespace JubileeVerse.Storage.Batching;

/// <summary>Runs blocking work on a dedicated thread, so that no thread pool thread waits for a disk or a file lock.</summary>
internal sealed class DedicatedThread : IAsyncDisposable
{
    // A monitor instead of a BlockingCollection, because that one spins before it waits, which took a tenth of two busy cores.
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

    /// <summary>Null when the queue is empty and completed.</summary>
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
