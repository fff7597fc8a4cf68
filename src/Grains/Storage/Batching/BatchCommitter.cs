using Microsoft.Extensions.Logging;

namespace JubileeVerse.Storage.Batching;

// The outcomes of a batch, and why nothing is written twice.
//
// A batch is one transaction. It ends in one of three ways:
//
// 1. The store confirms the commit. Every unit is done.
// 2. The store reports that a statement failed. Nothing of the batch is stored, and the faulty unit is not known: the batch is split in
//    two until the faulty units stand alone. Splitting costs about 2·log2(n) round trips for one faulty unit among n; writing one by one
//    costs n. The halves are written in order, so the order of units is kept.
// 3. The store does not respond: connection lost, server restarted, timeout. If that happens during COMMIT, the batch may or may not be
//    stored, and writing its units twice is not always harmless: an insert would fail as a duplicate and a version check as stale, so the
//    caller would get an error although its unit is stored.
//
// For the third case, each batch starts by raising this writer's row in write_markers from `Previous` to its own `Number`:
//
//     batch = case when batch = @previous then @number end          -- and the column is NOT NULL
//
// A retry uses the same number. The first attempt can be in one of four states by then:
//   a. It was not committed and never will be: the marker is Previous, and the retry is written.
//   b. It was committed: the marker is Number, the expression is null, the retry fails as a whole, and reading the marker (it equals our
//      number) shows that the units are done.
//   c. It still runs on the server: it holds the marker's row lock, so the retry waits for its end and then is in case a or b.
//   d. It has not arrived yet, and arrives after the retry was committed: it finds Number instead of Previous and fails. Nobody awaits it.
//
// Numbers only increase, and a stored marker is always the number of a committed batch; so an attempt that expects an old Previous can
// never be written later, whatever the network does with it. Each half of a split batch has its own number, which is safe because a batch
// is split only after the store has definitely rejected it. When a batch is abandoned (the retry window has passed), its number is not
// used again; if it was committed at the last moment after all, the next batch finds another marker than expected, reads it, uses it as
// Previous and continues. The callers of the abandoned batch were told that the outcome is unknown, which was true.
//
// The table name in the store's error distinguishes a violation of the marker from a violation by a unit.

/// <summary>Commits batches to the store: retries an attempt with an unknown outcome, splits a rejected batch.</summary>
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

    /// <summary>The last known stored marker.</summary>
    private long _marker;

    /// <summary>A batch was rejected because of its marker, so the stored marker must be read before the next attempt.</summary>
    private bool _markerMoved;

    /// <summary>Completes every unit, successfully or with its exception; never throws for a unit.</summary>
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
            LogSplit(logger, units.Length, e.Message);
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
            catch (TransientStoreException e)
            {
                await WaitForRetryAsync(e, giveUp).ConfigureAwait(false);
            }
            catch
            {
                // The store has responded, even though with an error.
                EndOutage();
                throw;
            }
        }
    }

    /// <summary>Returns false if the stored marker is not the expected one, so that the caller must try again.</summary>
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

    private async Task WaitForRetryAsync(TransientStoreException failure, CancellationToken giveUp)
    {
        instruments.AttemptRetried();
        if (!_outage.IsActive)
            LogUnavailable(logger, failure.InnerException);
        if (await _outage.WaitAsync(giveUp).ConfigureAwait(false))
            return;
        LogRetryWindowPassed(logger, options.UnavailableAfter);
        throw new StoreUnavailableException("The store is unavailable.", failure.InnerException);
    }

    private void EndOutage()
    {
        if (!_outage.IsActive)
            return;
        _outage.End();
        LogAvailable(logger);
    }
}
