namespace JubileeVerse.Queues.State;

/// <summary>
/// A job that has not ended, as its queue holds it in memory. It is at the same time the node of every structure it is in
/// (index, order, lane), which keeps a waiting job below 200 bytes: entries of separate dictionaries would double that.
/// </summary>
internal sealed class OpenJob
{
    private const uint NoDelta = uint.MaxValue;

    /// <summary>Links of <see cref="ChainedIndex{TChain}"/> by id.</summary>
    public OpenJob? NextById;

    /// <summary>Links of <see cref="OrderLanes"/>.</summary>
    public LaneLinks Lane;

    /// <summary>Links of <see cref="PlaceTree"/>.</summary>
    public TreeLinks Tree;

    /// <summary>In the tree: no older job of its order key holds it back.</summary>
    public bool IsStartable;

    /// <summary>What was told of its position: <see cref="PositionMarks"/>.</summary>
    public byte PositionMark = PositionMarks.Untold;

    private readonly ulong _idHigh;
    private readonly ulong _idLow;
    private readonly ulong _orderHigh;
    private readonly ulong _orderLow;

    // After the acceptance; NoDelta where there is none, or where it is among what few have.
    private readonly uint _deadlineMs;

    private byte _priority;
    private byte _state;
    private Rare? _rare;

    public OpenJob(in StoredJob row, UserShare user, JobTerms terms)
    {
        (_idHigh, _idLow, var id) = CompactId.Of(row.Id);
        (_orderHigh, _orderLow, var orderKey) = CompactId.Of(row.OrderKey);
        var deadlineMs = (row.Deadline ?? long.MaxValue) - row.AcceptedAt;
        var isFar = row.Deadline is not null && deadlineMs is < 0 or >= NoDelta;
        _deadlineMs = row.Deadline is null || isFar ? NoDelta : (uint)deadlineMs;
        if (id is not null || orderKey is not null || isFar)
            _rare = new Rare { Id = id, OrderKey = orderKey, Deadline = isFar ? row.Deadline!.Value : long.MaxValue };

        User = user;
        Terms = terms;
        OrderNumber = row.OrderNumber;
        AcceptedAt = row.AcceptedAt;
        Place = row.Place ?? 0;
        Priority = row.Priority;
        State = row.State;
        LastRun = row.LeaseRun ?? 0;
        StartedCount = row.StartedCount;
        AttemptsMade = row.AttemptsMade;
        StalledCount = row.StalledCount;
    }

    public CompactId Id => new(_idHigh, _idLow, _rare?.Id);

    public CompactId OrderKey => new(_orderHigh, _orderLow, _rare?.OrderKey);

    public long OrderNumber { get; }

    public long AcceptedAt { get; }

    /// <summary><see cref="long.MaxValue"/> for none.</summary>
    public long Deadline => _deadlineMs == NoDelta ? _rare?.Deadline ?? long.MaxValue : AcceptedAt + _deadlineMs;

    public JobTerms Terms { get; }

    public UserShare User { get; }

    /// <summary>
    /// Which of two nodes of the tree is above the other: a hash that nobody can foresee, so it needs no room. Equal ones may stand either way.
    /// </summary>
    public uint TreeHeight => (uint)Id.GetHashCode();

    /// <summary>Must not change while the job is in the tree.</summary>
    public long Place { get; set; }

    /// <summary>The latest run that is known of, ended or not: a lease at or below it that is not current is lost.</summary>
    public long LastRun
    {
        get => _rare?.LastRun ?? 0;
        set
        {
            if (value != LastRun) Rarely().LastRun = value;
        }
    }

    public int StartedCount
    {
        get => _rare?.StartedCount ?? 0;
        set
        {
            if (value != StartedCount) Rarely().StartedCount = value;
        }
    }

    public int AttemptsMade
    {
        get => _rare?.AttemptsMade ?? 0;
        set
        {
            if (value != AttemptsMade) Rarely().AttemptsMade = value;
        }
    }

    /// <summary>When it became ready; 0 where it was from the start, or where its queue has moved since.</summary>
    public long ReadySinceMs
    {
        get => _rare?.ReadySinceMs ?? 0;
        set
        {
            if (value != ReadySinceMs) Rarely().ReadySinceMs = value;
        }
    }

    public int StalledCount
    {
        get => _rare?.StalledCount ?? 0;
        set
        {
            if (value != StalledCount) Rarely().StalledCount = value;
        }
    }

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

    private Rare Rarely() => _rare ??= new Rare();

    /// <summary>What a job has that was started or delayed, or whose ids are no UUIDs, or whose deadline is out of a delta's reach: few of those that wait.</summary>
    private sealed class Rare
    {
        public string? Id { get; init; }

        public string? OrderKey { get; init; }

        public long Deadline { get; init; } = long.MaxValue;

        public long LastRun { get; set; }

        public long ReadySinceMs { get; set; }

        public int StartedCount { get; set; }

        public int AttemptsMade { get; set; }

        public int StalledCount { get; set; }
    }
}
