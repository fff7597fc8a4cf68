using Microsoft.Extensions.Logging;

namespace JubileeVerse.Storage;

// What can happen to a batch, and why nothing is written twice.
//
// A batch is one transaction. It ends in one of three ways:
//
// 1. The store says that it is committed. Every unit is done.
// 2. The store says that a statement failed. Nothing of the batch is stored, and which unit is at fault is not known: the batch is
//    halved until the faulty ones stand alone. Halving costs about 2·log2(n) round trips for one bad unit among n; one by one costs n.
//    The halves go in order, so the order of units is kept.
// 3. The store does not answer: connection lost, server restarted, time-out. If that happened while COMMIT was under way, the batch
//    may be stored or not, and the units need not be such that writing them twice is harmless (an insert would fail as a duplicate,
//    a fence as stale: the caller would be told "no" although the answer is "yes").
//
// For the third, each batch begins with raising this writer's row in write_markers from `Previous` to its own `Number`:
//
//     batch = case when batch = @previous then @number end          -- and the column is NOT NULL
//
// A batch is repeated with its own number. Let us go through what the store can hold by then:
//   a. The first attempt was not committed and never will be: the marker stands at Previous, the repetition is written.
//   b. It was committed: the marker stands at Number, the expression is null, the repetition fails as a whole, and a look at the
//      marker (it equals our number) says that the units are done.
//   c. It still runs in the server: it holds the marker's row lock, so the repetition waits for its end and is then case a or b.
//   d. It has not even arrived, and comes after the repetition was committed: it finds Number instead of Previous and fails. No one listens.
//
// Numbers only rise, and a stored marker is always the number of a committed batch; so an attempt that follows an old Previous can
// never be written later, whatever the network does with it. A half of a batch has its own number: the whole batch was refused by the
// store for certain, or we would not halve it. When a batch is given up (the outage has passed its limit), its number is spent; if it
// was committed in the last moment after all, the next batch finds the marker moved, sees another number than its own, takes that as
// Previous and goes on. Its callers were told "not known", which was true.
//
// The marker's own violation and a unit's are told apart by the table's name in the store's error.

/// <summary>Brings batches into the store: repeats what was lost, halves what was refused.</summary>
internal sealed partial class BatchCommitter(
    IWriteSink sink,
    StorageOptions options,
    StorageInstruments instruments,
    TimeProvider time,
    ILogger<BatchCommitter> logger)
{
    private readonly string _writer = Guid.CreateVersion7(time.GetUtcNow()).ToString();
    private readonly Outage _outage = new(time, options.UnavailableAfter);

    private long _lastNumber;

    /// <summary>The marker as last known to be stored.</summary>
    private long _marker;

    /// <summary>A batch was refused because the marker is another: it must be read before the next attempt.</summary>
    private bool _markerMoved;

    /// <summary>Completes every unit, well or badly; never throws for one of them.</summary>
    public async Task CommitAsync(ReadOnlyMemory<QueuedWrite> units, CancellationToken giveUp)
    {
        try
        {
            await WriteAsync(units, giveUp).ConfigureAwait(false);
            for (var i = 0; i < units.Length; i++)
                units.Span[i].Succeed();
        }
        catch (StoreUnavailableException e)
        {
            for (var i = 0; i < units.Length; i++)
                Fail(units.Span[i], e);
        }
        catch (Exception e) when (units.Length == 1)
        {
            Fail(units.Span[0], e);
        }
        catch (Exception e)
        {
            LogHalved(logger, units.Length, e.Message);
            var half = units.Length / 2;
            await CommitAsync(units[..half], giveUp).ConfigureAwait(false);
            await CommitAsync(units[half..], giveUp).ConfigureAwait(false);
        }
    }

    private void Fail(QueuedWrite write, Exception reason)
    {
        instruments.UnitFailed(reason);
        write.Fail(reason);
    }

    private async Task WriteAsync(ReadOnlyMemory<QueuedWrite> units, CancellationToken giveUp)
    {
        var number = ++_lastNumber;
        var start = time.GetTimestamp();
        while (true)
        {
            try
            {
                if (!await TryWriteAsync(number, units).ConfigureAwait(false))
                    continue;
                EndOutage();
                instruments.BatchCommitted(units.Length, time.GetElapsedTime(start));
                return;
            }
            catch (StoreLostException e)
            {
                await WaitOutAsync(e, giveUp).ConfigureAwait(false);
            }
            catch
            {
                // The store has answered, if only to say no.
                EndOutage();
                throw;
            }
        }
    }

    /// <summary>False: the marker has moved; try again.</summary>
    private async Task<bool> TryWriteAsync(long number, ReadOnlyMemory<QueuedWrite> units)
    {
        if (_markerMoved)
        {
            _marker = await sink.ReadMarkerAsync(_writer).ConfigureAwait(false);
            _markerMoved = false;
            if (_marker == number)
            {
                LogCommitFound(logger, number, units.Length);
                return true;
            }
        }

        try
        {
            var now = time.GetUtcNow().ToUnixTimeMilliseconds();
            await sink.WriteAsync(new WriteBatch(_writer, _marker, number, now, units)).ConfigureAwait(false);
            _marker = number;
            return true;
        }
        catch (MarkerMovedException)
        {
            _markerMoved = true;
            return false;
        }
    }

    private async Task WaitOutAsync(StoreLostException lost, CancellationToken giveUp)
    {
        instruments.AttemptLost();
        if (!_outage.IsOn)
            LogLost(logger, lost.InnerException);
        if (await _outage.WaitAsync(giveUp).ConfigureAwait(false))
            return;
        LogGivenUp(logger, options.UnavailableAfter);
        throw new StoreUnavailableException("The store cannot be reached.", lost.InnerException);
    }

    private void EndOutage()
    {
        if (!_outage.IsOn)
            return;
        _outage.End();
        LogBack(logger);
    }
}
