using Microsoft.Extensions.Logging;

namespace JubileeVerse.Queues;

/// <content>What the queue looks for in its tables now and then.</content>
internal sealed partial class QueueGrain
{
    private static readonly TimeSpan SweepPeriod = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan SweepWindow = TimeSpan.FromMinutes(2);

    /// <summary>
    /// How long after an activation a sweep looks at all open rows: an insert of the former activation may be committed while this one loads,
    /// or a little later, and has its place already.
    /// </summary>
    private static readonly TimeSpan FullSweepsFor = TimeSpan.FromSeconds(10);

    private readonly Period _sweeps = new(time, SweepPeriod);
    private readonly HashSet<string> _chores = [];
    private long? _firstSweep;

    /// <summary>Each by itself: an end that somebody does not want to hear of must not keep a lost job from being found.</summary>
    private void Maintain(CancellationToken cancellationToken)
    {
        DoAsync("ends", ends.RetryAsync, cancellationToken).Ignore();
        DoAsync("sweep", SweepAsync, cancellationToken).Ignore();
        DoAsync("claims", claims.SweepAsync, cancellationToken).Ignore();
        DoAsync("packs", _ => changes.UnpackOldAsync(), cancellationToken).Ignore();
    }

    /// <summary>Not where it is still under way.</summary>
    private async Task DoAsync(string chore, Func<CancellationToken, Task> act, CancellationToken cancellationToken)
    {
        if (!_chores.Add(chore))
            return;
        try
        {
            await act(cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogMaintenanceFailed(exception, _name);
        }
        finally
        {
            _chores.Remove(chore);
        }
    }

    /// <summary>Looks for jobs whose offer was lost.</summary>
    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        if (!_sweeps.Passed())
            return;

        var isFull = time.GetElapsedTime(_firstSweep ??= time.GetTimestamp()) < FullSweepsFor;
        var rows = await store.OpenSinceAsync(_name, time.NowMs() - (long)SweepWindow.TotalMilliseconds, isFull, cancellationToken);
        Record(_state.Load(rows, time.NowMs()));
        Dispatch();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The table of queue {Queue} could not be looked through; it is tried again.")]
    private partial void LogMaintenanceFailed(Exception exception, string queue);
}
