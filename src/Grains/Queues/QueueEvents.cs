using System.Globalization;
using JubileeVerse.Queues.State;
using JubileeVerse.Queues.Store;
using JubileeVerse.Realtime;

namespace JubileeVerse.Queues;

/// <summary>
/// Makes the events of a queue while somebody watches, and keeps the last ones for a watcher that was away for a moment. Whenever watching
/// begins anew so does the epoch: what happened in between was not told to anybody.
/// </summary>
/// <param name="channel">The queue's.</param>
/// <param name="activation">The queue's epoch, which rises with each activation.</param>
internal sealed class QueueEvents(ChannelName channel, long activation)
{
    private readonly RecentFrames _recent = new();
    private int _watch;
    private bool _hasWork;

    /// <summary>False: nothing is to be made.</summary>
    public bool IsWatched { get; private set; }

    public string Epoch { get; private set; } = "";

    /// <summary>Of the last event.</summary>
    public long Offset { get; private set; }

    /// <summary>Somebody watches, or does so already.</summary>
    /// <param name="atWork">Jobs that wait or run.</param>
    public void Begin(int atWork)
    {
        if (IsWatched)
            return;
        IsWatched = true;
        Epoch = string.Create(CultureInfo.InvariantCulture, $"{activation}.{++_watch}");
        Offset = 0;
        _hasWork = atWork > 0;
    }

    /// <summary>Nobody watches any more.</summary>
    public void End()
    {
        IsWatched = false;
        _recent.Clear();
    }

    public QueueJobEvent Of(JobChange change, string? name, int? position, long nowMs) => Keep(
        new QueueJobEvent(
            channel,
            Epoch,
            Next(),
            KindOf(change.Event),
            UnixTime.At(nowMs),
            change.Id,
            name,
            change.State,
            change.State == JobState.Active ? change.AttemptsMade + 1 : change.AttemptsMade,
            position,
            UnixTime.At(change.ReadyAt),
            FailureText.Head(change.Failure)),
        nowMs);

    /// <summary>What changes no row.</summary>
    public QueueJobEvent Of(QueueEventKind kind, JobId id, string? name, JobState state, int? position, string? detail, long nowMs) => Keep(
        new QueueJobEvent(channel, Epoch, Next(), kind, UnixTime.At(nowMs), id, name, state, Attempt: null, position, ReadyAt: null, detail), nowMs);

    /// <summary>Its row was written before anything was decided of it.</summary>
    public QueueJobEvent OfAdded(Job job, JobState state, int? position, long nowMs) => Keep(
        new QueueJobEvent(
            channel,
            Epoch,
            Next(),
            QueueEventKind.Added,
            UnixTime.At(nowMs),
            job.Id,
            job.Name,
            state,
            Attempt: 0,
            position,
            state == JobState.Delayed ? UnixTime.At(job.ReadyAt) : null,
            Detail: null),
        nowMs);

    /// <summary>Of the queue as a whole.</summary>
    public QueueEvent Of(QueueEventKind kind, long nowMs) => Keep(new QueueEvent(channel, Epoch, Next(), kind, UnixTime.At(nowMs)), nowMs);

    /// <summary>
    /// Null unless nothing waits or runs any more, and something has since this was last said. What is delayed or blocked is no work yet.
    /// Asked when all that has happened at once has been told.
    /// </summary>
    /// <param name="atWork">Jobs that wait or run.</param>
    /// <param name="nowMs">Now.</param>
    public QueueEvent? Drained(int atWork, long nowMs)
    {
        var hadWork = _hasWork;
        _hasWork = atWork > 0;
        return hadWork && atWork == 0 ? Of(QueueEventKind.Drained, nowMs) : null;
    }

    /// <summary>What a watcher that knows the position has missed, as far as it is kept; all that is when its epoch is over.</summary>
    public FrameList After(string? epoch, long offset, long nowMs) => _recent.After(epoch == Epoch ? offset : 0, TimeSpan.FromMilliseconds(nowMs));

    private static QueueEventKind KindOf(JobEvent? e) => e switch
    {
        null => QueueEventKind.Added,
        JobEvent.Started => QueueEventKind.Active,
        JobEvent.Completed => QueueEventKind.Completed,
        JobEvent.AttemptFailed => QueueEventKind.Retrying,
        JobEvent.FailedForGood or JobEvent.StalledOut or JobEvent.DeadlinePassed or JobEvent.ChildFailed => QueueEventKind.Failed,
        JobEvent.Stalled => QueueEventKind.Stalled,
        JobEvent.Cancelled => QueueEventKind.Cancelled,
        JobEvent.Removed => QueueEventKind.Removed,
        JobEvent.Snoozed => QueueEventKind.Delayed,
        _ => QueueEventKind.Waiting,
    };

    private long Next() => ++Offset;

    private T Keep<T>(T frame, long nowMs)
        where T : DurableFrame
    {
        _hasWork |= frame is QueueJobEvent { Event: not QueueEventKind.Duplicated, State: JobState.Waiting or JobState.Active };
        _recent.Add(frame, TimeSpan.FromMilliseconds(nowMs));
        return frame;
    }
}
