using System.Threading.Channels;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Storage.Batching;

// Group commit without a timer: the loop takes the queued units, commits them, and then takes the units that arrived meanwhile. A single
// caller waits for one commit only; under load batches grow by themselves, because more units arrive while a commit runs.
//
// The queue is bounded. Callers wait in order for room in a full queue, so an overloaded store slows its callers down instead of filling
// the memory.
//
// The batcher stops with the container and is not a hosted service, because grains that deactivate while the silo stops still write.

/// <summary>Collects units into batches and commits one batch at a time.</summary>
internal sealed class WriteBatcher : IWriteBatcher, IAsyncDisposable
{
    /// <summary>Limit for writing the queued units at shutdown; an unavailable store must not delay the shutdown for longer.</summary>
    private static readonly TimeSpan FlushTimeout = TimeSpan.FromSeconds(5);

    private readonly BatchCommitter _committer;
    private readonly Channel<QueuedWrite> _queue;
    private readonly QueuedWrite[] _batch;
    private readonly int _maxStatements;
    private readonly CancellationTokenSource _giveUp;
    private readonly Task _loop;

    public WriteBatcher(BatchCommitter committer, IOptions<StorageOptions> options, TimeProvider time)
    {
        _committer = committer;
        _batch = new QueuedWrite[options.Value.MaxBatchUnits];
        _maxStatements = options.Value.MaxBatchStatements;
        _giveUp = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        _queue = Channel.CreateBounded<QueuedWrite>(new BoundedChannelOptions(options.Value.MaxQueuedUnits) { SingleReader = true });

        // The batcher may be resolved by a grain first; the loop must neither run on that grain's scheduler nor keep its trace context.
        using (ExecutionContext.IsFlowSuppressed() ? (AsyncFlowControl?)null : ExecutionContext.SuppressFlow())
            _loop = RunAsync();
    }

    public Task CommitAsync(WriteUnit unit, CancellationToken cancellationToken = default)
    {
        var write = new QueuedWrite(unit);
        if (!_queue.Writer.TryWrite(write))
            return CommitWhenQueueHasRoomAsync(write, cancellationToken);
        return cancellationToken.CanBeCanceled ? WaitAsync(write, cancellationToken) : write.Completion;
    }

    public PendingWrite Enqueue(WriteUnit unit)
    {
        var write = new QueuedWrite(unit);
        if (!_queue.Writer.TryWrite(write))
            _ = EnqueueWhenQueueHasRoomAsync(write);
        return write;
    }

    public async ValueTask DisposeAsync()
    {
        if (_queue.Writer.TryComplete())
            _giveUp.CancelAfter(FlushTimeout);
        await _loop.ConfigureAwait(false);
        _giveUp.Dispose();
    }

    private async Task CommitWhenQueueHasRoomAsync(QueuedWrite write, CancellationToken cancellationToken)
    {
        try
        {
            await _queue.Writer.WriteAsync(write, cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelClosedException e)
        {
            throw Closed(e);
        }

        await WaitAsync(write, cancellationToken).ConfigureAwait(false);
    }

    private static async Task WaitAsync(QueuedWrite write, CancellationToken cancellationToken)
    {
        try
        {
            await write.Completion.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            write.TryDrop();
            throw;
        }
    }

    private async Task EnqueueWhenQueueHasRoomAsync(QueuedWrite write)
    {
        try
        {
            await _queue.Writer.WriteAsync(write).ConfigureAwait(false);
        }
        catch (ChannelClosedException e)
        {
            write.Fail(Closed(e));
        }
    }

    private async Task RunAsync()
    {
        // Continues on the thread pool, whatever the scheduler of the first caller is.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        while (await _queue.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            var count = TakeBatch();
            if (count == 0)
                continue;
            await _committer.CommitAsync(_batch.AsMemory(0, count), _giveUp.Token).ConfigureAwait(false);
            Array.Clear(_batch, 0, count);
        }
    }

    private int TakeBatch()
    {
        var count = 0;
        var statements = 0;
        while (count < _batch.Length && statements < _maxStatements && _queue.Reader.TryRead(out var write))
        {
            if (!write.TryTake())
                continue;
            _batch[count++] = write;
            statements += write.Unit.Statements.Count;
        }

        return count;
    }

    private static StoreUnavailableException Closed(Exception inner) => new("The store is closed.", inner);
}
