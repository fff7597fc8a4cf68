using System.Threading.Channels;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Storage;

// Group commit without a timer: take what waits, commit it, take what has come in the meantime. A single caller waits for one commit
// and nothing else; under load batches grow by themselves, because more units arrive while one commit runs.
//
// The queue is bounded. Who brings a unit to a full queue waits for a place, first come first served; so an overloaded store slows its
// callers down instead of filling the memory.
//
// The batcher ends with the container and not as a hosted service: grains that deactivate while the silo stops still write.

/// <summary>Gathers units into batches, one batch at a time.</summary>
internal sealed class WriteBatcher : IWriteBatcher, IAsyncDisposable
{
    /// <summary>For what is still queued when the container ends; a store that does not answer must not hold up a shutdown for longer.</summary>
    private static readonly TimeSpan FlushLimit = TimeSpan.FromSeconds(5);

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

        // The first to ask for the batcher may be a grain: the loop must neither run on its scheduler nor carry its trace for ever.
        using (ExecutionContext.IsFlowSuppressed() ? (AsyncFlowControl?)null : ExecutionContext.SuppressFlow())
            _loop = Task.Run(RunAsync);
    }

    public Task CommitAsync(WriteUnit unit, CancellationToken cancellationToken = default)
    {
        var write = new QueuedWrite(unit);
        if (!_queue.Writer.TryWrite(write))
            return CommitWhenThereIsRoomAsync(write, cancellationToken);
        return cancellationToken.CanBeCanceled ? WaitAsync(write, cancellationToken) : write.Completion;
    }

    public PendingWrite Enqueue(WriteUnit unit)
    {
        var write = new QueuedWrite(unit);
        if (!_queue.Writer.TryWrite(write))
            _ = EnqueueWhenThereIsRoomAsync(write);
        return write;
    }

    public async ValueTask DisposeAsync()
    {
        if (_queue.Writer.TryComplete())
            _giveUp.CancelAfter(FlushLimit);
        await _loop.ConfigureAwait(false);
        _giveUp.Dispose();
    }

    private async Task CommitWhenThereIsRoomAsync(QueuedWrite write, CancellationToken cancellationToken)
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

    private async Task EnqueueWhenThereIsRoomAsync(QueuedWrite write)
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
