using System.Globalization;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.State.Jobs;
using JubileeVerse.Queues.Store.Rows;
using JubileeVerse.Realtime;
using JubileeVerse.Realtime.Channels;
using JubileeVerse.Realtime.Frames;
using JubileeVerse.Realtime.Frames.Encoding;

namespace JubileeVerse.Queues.Events;

/// <summary>
/// Creates the events of a queue's channel while the channel has subscribers, and buffers the latest ones for subscribers that reconnect.
/// The epoch changes whenever the first subscriber attaches, because no events were created while there was none.
/// </summary>
/// <param name="activation">The queue's epoch, which rises with each activation.</param>
internal sealed class QueueEvents(ChannelName channel, long activation)
{
    private readonly RecentFrames _recent = new();
    private int _watchCount;
    private bool _hadWork;

    /// <summary>Whether the channel has subscribers. If not, no events are created.</summary>
    public bool IsWatched { get; private set; }

    public string Epoch { get; private set; } = "";

    /// <summary>The offset of the latest event.</summary>
    public long Offset { get; private set; }

    /// <summary>Starts a new epoch, unless the channel already has subscribers.</summary>
    /// <param name="waitingOrActive">The number of jobs that are waiting or active.</param>
    public void Begin(int waitingOrActive)
    {
        if (IsWatched)
            return;
        IsWatched = true;
        Epoch = string.Create(CultureInfo.InvariantCulture, $"{activation}.{++_watchCount}");
        Offset = 0;
        _hadWork = waitingOrActive > 0;
    }

    /// <summary>Ends the epoch, because the last subscriber has left.</summary>
    public void End()
    {
        IsWatched = false;
        _recent.Clear();
    }

    public QueueJobEvent Create(JobChange change, string? name, int? position, long nowMs) => Buffer(
        new QueueJobEvent(
            channel,
            Epoch,
            Next(),
            KindOf(change.Event),
            UnixTime.FromMilliseconds(nowMs),
            change.Id,
            name,
            change.State,
            change.State == JobState.Active ? change.AttemptsMade + 1 : change.AttemptsMade,
            position,
            UnixTime.FromMilliseconds(change.ReadyAt),
            FailureText.FirstLine(change.Failure)),
        nowMs);

    /// <summary>Creates an event that corresponds to no change of the job's row, such as its progress.</summary>
    public QueueJobEvent Create(QueueEventKind kind, JobId id, string? name, JobState state, int? position, string? detail, long nowMs) =>
        Buffer(
            new QueueJobEvent(
                channel,
                Epoch,
                Next(),
                kind,
                UnixTime.FromMilliseconds(nowMs),
                id,
                name,
                state,
                Attempt: null,
                position,
                ReadyAt: null,
                detail),
            nowMs);

    /// <summary>
    /// Creates the event of a job that the queue inserted itself. Such a job has no change, because its row was written first.
    /// </summary>
    public QueueJobEvent CreateAdded(Job job, JobState state, int? position, long nowMs) => Buffer(
        new QueueJobEvent(
            channel,
            Epoch,
            Next(),
            QueueEventKind.Added,
            UnixTime.FromMilliseconds(nowMs),
            job.Id,
            job.Name,
            state,
            Attempt: 0,
            position,
            state == JobState.Delayed ? UnixTime.FromMilliseconds(job.ReadyAt) : null,
            Detail: null),
        nowMs);

    /// <summary>Creates an event of the queue as a whole.</summary>
    public QueueEvent Create(QueueEventKind kind, long nowMs) =>
        Buffer(new QueueEvent(channel, Epoch, Next(), kind, UnixTime.FromMilliseconds(nowMs)), nowMs);

    /// <summary>
    /// Creates the drained event when no job is waiting or active any more and some job was since the last call; otherwise returns null.
    /// Delayed and blocked jobs do not count as work. Call this after publishing the events of the same step, because drained comes last.
    /// </summary>
    /// <param name="waitingOrActive">The number of jobs that are waiting or active.</param>
    public QueueEvent? CreateDrained(int waitingOrActive, long nowMs)
    {
        var hadWork = _hadWork;
        _hadWork = waitingOrActive > 0;
        return hadWork && waitingOrActive == 0 ? Create(QueueEventKind.Drained, nowMs) : null;
    }

    /// <summary>
    /// Returns the buffered events after a subscriber's offset, or all buffered events when its epoch is not the current one.
    /// </summary>
    public FrameList After(string? epoch, long offset, long nowMs) =>
        _recent.After(epoch == Epoch ? offset : 0, TimeSpan.FromMilliseconds(nowMs));

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

    private T Buffer<T>(T frame, long nowMs)
        where T : DurableFrame
    {
        _hadWork |= frame is QueueJobEvent { Event: not QueueEventKind.Duplicated, State: JobState.Waiting or JobState.Active };
        _recent.Add(frame, TimeSpan.FromMilliseconds(nowMs));
        return frame;
    }
}
