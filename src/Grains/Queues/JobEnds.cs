using System.Collections.Immutable;
using JubileeVerse.Queues.State;
using JubileeVerse.Queues.Store;
using Microsoft.Extensions.Logging;

namespace JubileeVerse.Queues;

/// <summary>
/// Tells whoever waits for a job how it ended, until they have heard it: the row stays untold till then, so this survives a crash.
/// One an activation of a queue; used in its turns only.
/// </summary>
internal sealed partial class JobEnds(IJobStore store, IEnumerable<IJobListener> listeners, TimeProvider time, ILogger<JobEnds> logger)
{
    private static readonly TimeSpan RetryPeriod = TimeSpan.FromSeconds(2);

    /// <summary>Listeners that are called at the same time, for whatever reason.</summary>
    private const int TellAtOnce = 16;

    /// <summary>Ends that wait for their turn in memory; the table has more.</summary>
    private const int MaxWaiting = 10_000;

    private const int PageSize = 1000;

    private readonly SemaphoreSlim _lane = new(TellAtOnce);
    private readonly Queue<UntoldEnd> _waiting = new();
    private readonly Period _retries = new(time, RetryPeriod);

    /// <summary>What is under way for a job: a second call waits for it instead of doing the same beside it.</summary>
    private readonly Dictionary<JobId, Task> _underWay = [];
    private string _queue = "";
    private Func<JobId, bool> _isOpen = _ => false;
    private IJobListener? _listener;
    private int _telling;

    // True at the start: the former activation may have left some.
    private bool _untold = true;

    /// <summary>False: nobody has to be told of this queue's ends.</summary>
    public bool AnyoneListens => _listener is not null;

    /// <param name="queue">Its name.</param>
    /// <param name="isOpen">Whether a job lives, again after an end that was found untold: that is told no more.</param>
    public void Open(string queue, Func<JobId, bool> isOpen)
    {
        _queue = queue;
        _isOpen = isOpen;
        _listener = listeners.FirstOrDefault(listener => listener.Queue == queue);
    }

    public void TellMove(JobMove move)
    {
        if (move.Standing is { Position: { } position } standing)
            Mention(listener => listener.JobMovedAsync(standing.Id, move.OrderKey, position, standing.EtaSeconds));
    }

    /// <summary>When it is its turn. What could not be told, and what is too much to remember, is found in the table.</summary>
    public void Tell(JobChange change)
    {
        if (_waiting.Count >= MaxWaiting)
        {
            _untold = true;
            return;
        }

        _waiting.Enqueue(UntoldEnd.Of(change));
        if (_telling < TellAtOnce)
            TellWaitingAsync().Ignore();
    }

    public void TellRetry(JobChange change, TimeSpan delay) =>
        Mention(listener => listener.JobRetryingAsync(change.Id, change.OrderKey.ToText(), change.AttemptsMade + 1, delay));

    /// <summary>Throws when the end could not be told; it stays untold then, and is tried again.</summary>
    public async Task TellNowAsync(UntoldEnd ended)
    {
        try
        {
            await TellAsync(ended);
        }
        catch
        {
            _untold = true;
            throw;
        }
    }

    /// <summary>
    /// Asks whoever waits for a failed job to wait for it again, and lets it live if they do. Its end is untold meanwhile: should this come
    /// to nothing, by a crash or else, they are told of it once more.
    /// </summary>
    /// <returns>False: they cannot. True also where another call was quicker and it lives already.</returns>
    public async Task<bool> ReopenAsync(JobId id, string? orderKey, Func<Task> live)
    {
        var reopened = false;
        try
        {
            // Being told of the end, or asked by somebody else, is no answer to this.
            while (_underWay.TryGetValue(id, out var other))
                await other.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            if (_isOpen(id))
                return reopened = true;

            await OnceAsync(id, async () => reopened = await TryReopenAsync(id, orderKey, live));
            return reopened;
        }
        finally
        {
            _untold |= !reopened;
        }
    }

    /// <summary>Looks at the table for ends that could not be told. Called often; it looks every two seconds, and only when there may be any.</summary>
    public async Task RetryAsync(CancellationToken cancellationToken)
    {
        if (!_untold || !_retries.Passed())
            return;
        _untold = false;
        try
        {
            await TellAllAsync(cancellationToken);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            _untold = true;
            throw;
        }
    }

    /// <summary>All that the table has; what could not be told stays untold, and is tried again.</summary>
    public async Task TellAllAsync(CancellationToken cancellationToken)
    {
        ImmutableArray<UntoldEnd> page = [];
        do
        {
            page = await store.UntoldAsync(_queue, page.IsEmpty ? null : page[^1].Id, PageSize, cancellationToken);
            foreach (var some in page.Chunk(TellAtOnce))
                await Task.WhenAll(some.Select(TryTellAsync));
        }
        while (page.Length == PageSize);
    }

    /// <summary>What may be lost: whatever the listener does, whoever mentions it goes on.</summary>
    private void Mention(Func<IJobListener, Task> say)
    {
        if (_listener is { } listener)
            SayAsync().Ignore();

        async Task SayAsync() => await say(listener);
    }

    private async Task TellWaitingAsync()
    {
        _telling++;
        while (_waiting.TryDequeue(out var end))
            await TryTellAsync(end);
        _telling--;
    }

    /// <summary>One that cannot be told now must not hold up the others.</summary>
    private async Task TryTellAsync(UntoldEnd end)
    {
        await _lane.WaitAsync();
        try
        {
            await TellAsync(end);
        }
        catch (Exception exception)
        {
            _untold = true;
            LogTellFailed(exception, end.Id, _queue);
        }
        finally
        {
            _lane.Release();
        }
    }

    private Task TellAsync(UntoldEnd end) => OnceAsync(end.Id, async () =>
    {
        if (_isOpen(end.Id))
            return;
        if (_listener is not null)
            await _listener.JobEndedAsync(end.Id, end.OrderKey, end.State, end.Failure, CancellationToken.None);
        await store.SetToldAsync(_queue, end.Id, CancellationToken.None);
    });

    private async Task<bool> TryReopenAsync(JobId id, string? orderKey, Func<Task> live)
    {
        if (_listener is not null)
        {
            await store.SetUntoldAsync(_queue, id, CancellationToken.None);
            if (!await _listener.JobReopeningAsync(id, orderKey, CancellationToken.None))
                return false;
        }

        await live();
        return true;
    }

    private async Task OnceAsync(JobId id, Func<Task> act)
    {
        if (_underWay.TryGetValue(id, out var other))
        {
            await other;
            return;
        }

        var task = _underWay[id] = act();
        try
        {
            await task;
        }
        finally
        {
            _underWay.Remove(id);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The end of job {Job} of queue {Queue} could not be told; it is tried again.")]
    private partial void LogTellFailed(Exception exception, JobId job, string queue);
}
