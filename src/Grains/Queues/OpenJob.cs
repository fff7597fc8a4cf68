namespace JubileeVerse.Queues;

/// <summary>
/// A job that has not ended, as its queue holds it in memory. It is at the same time the node of every structure it is in
/// (index, order, lane), which keeps a waiting job near 200 bytes beyond its id: entries of separate dictionaries would double that.
/// </summary>
internal sealed class OpenJob(in StoredJob row, UserShare user, JobTerms terms)
{
    /// <summary>Links of <see cref="ChainedIndex{TChain}"/> by id.</summary>
    public OpenJob? NextById;

    /// <summary>Links of <see cref="OrderLanes"/>.</summary>
    public LaneLinks Lane;

    /// <summary>Links of <see cref="PlaceTree"/>.</summary>
    public TreeLinks Tree;

    /// <summary>Which of two nodes of the tree is above the other; beside the links because it costs nothing there.</summary>
    public uint TreeHeight;

    /// <summary>In the tree: no older job of its order key holds it back.</summary>
    public bool IsStartable;

    /// <summary>What was told of its position: <see cref="PositionMarks"/>.</summary>
    public byte PositionMark = PositionMarks.Untold;

    // Two bytes are enough for counts that rules bound; the priority and state need one each.
    private byte _priority = (byte)Math.Clamp(row.Priority, Job.MinPriority, Job.MaxPriority);
    private byte _state = (byte)row.State;
    private ushort _attemptsMade = (ushort)Math.Clamp(row.AttemptsMade, 0, ushort.MaxValue);
    private ushort _stalledCount = (ushort)Math.Clamp(row.StalledCount, 0, ushort.MaxValue);

    public CompactId Id { get; } = CompactId.Of(row.Id);

    public CompactId OrderKey { get; } = CompactId.Of(row.OrderKey);

    public long OrderNumber { get; } = row.OrderNumber;

    public long AcceptedAt { get; } = row.AcceptedAt;

    /// <summary><see cref="long.MaxValue"/> for none.</summary>
    public long Deadline { get; } = row.Deadline ?? long.MaxValue;

    public JobTerms Terms => terms;

    public UserShare User => user;

    /// <summary>Must not change while the job is in the tree.</summary>
    public long Place { get; set; } = row.Place ?? 0;

    /// <summary>The latest run that is known of, ended or not: a lease at or below it that is not current is lost.</summary>
    public long LastRun { get; set; } = row.LeaseRun ?? 0;

    public int StartedCount { get; set; } = row.StartedCount;

    /// <summary>Changed by <see cref="Backlog.SetPriority"/> alone, which counts by it.</summary>
    public int Priority
    {
        get => _priority;
        set => _priority = (byte)Math.Clamp(value, Job.MinPriority, Job.MaxPriority);
    }

    public JobState State
    {
        get => (JobState)_state;
        set => _state = (byte)value;
    }

    public int AttemptsMade
    {
        get => _attemptsMade;
        set => _attemptsMade = (ushort)Math.Min(value, ushort.MaxValue);
    }

    public int StalledCount
    {
        get => _stalledCount;
        set => _stalledCount = (ushort)Math.Min(value, ushort.MaxValue);
    }

    /// <summary>The order in which jobs start: place, then acceptance (jobs of one call have numbers), then id so that it is total.</summary>
    public static int ComparePlace(OpenJob left, OpenJob right)
    {
        var order = left.Place.CompareTo(right.Place);
        if (order == 0) order = left.AcceptedAt.CompareTo(right.AcceptedAt);
        if (order == 0) order = left.OrderNumber.CompareTo(right.OrderNumber);
        return order != 0 ? order : left.Id.CompareTo(right.Id);
    }

    /// <summary>The order of jobs with the same order key.</summary>
    public static int CompareLane(OpenJob left, OpenJob right)
    {
        var order = left.OrderNumber.CompareTo(right.OrderNumber);
        if (order == 0) order = left.AcceptedAt.CompareTo(right.AcceptedAt);
        return order != 0 ? order : left.Id.CompareTo(right.Id);
    }

    /// <summary>A ring of the open jobs of one order key: the head's previous one is the tail.</summary>
    internal struct LaneLinks
    {
        public OpenJob? Previous;
        public OpenJob? Next;
        public OpenJob? NextHead;
    }

    /// <summary>A node of the tree and what it knows of all below it.</summary>
    internal struct TreeLinks
    {
        public OpenJob? Left;
        public OpenJob? Right;
        public long OldestAccepted;
        public long EarliestDeadline;
        public int Count;
        public int StartableCount;
    }
}
