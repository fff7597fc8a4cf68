namespace JubileeVerse.Queues.State;

/// <summary>
/// A job that has not ended, as its queue holds it in memory. It is at the same time the node of every structure it is in
/// (index, order, lane), which keeps a waiting job below 200 bytes: entries of separate dictionaries would double that.
/// </summary>
internal sealed class OpenJob
{
    private const uint NoDelta = uint.MaxValue;
    private const uint MaxTold = (1 << 23) - 1;
    private const uint StartableBit = 1 << 23;
    private const uint AnyStartableBit = 1 << 24;
    private const int PriorityShift = 25;
    private const uint PriorityMask = 0xF;
    private const int StateShift = 29;
    private const uint StateMask = 0x7;

    /// <summary>Links of <see cref="ChainedIndex{TChain}"/> by id.</summary>
    public OpenJob? NextById;

    /// <summary>Links of <see cref="OrderLanes"/>.</summary>
    public LaneLinks Lane;

    /// <summary>Links of <see cref="PlaceTree"/>.</summary>
    public TreeLinks Tree;

    private readonly ulong _idHigh;
    private readonly ulong _idLow;
    private readonly ulong _orderHigh;
    private readonly ulong _orderLow;

    // After the acceptance; NoDelta where there is none, or where it is among what few have.
    private readonly uint _deadlineMs;

    // What was told of its position, two flags, its priority and its state: what is alone would take 8 bytes more of each job.
    private uint _bits;
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

    /// <summary>When a delayed job will be ready, or one that waits became so; 0 where it was from the start, or where its queue has moved since.</summary>
    public long ReadySinceMs
    {
        get => _rare?.ReadySinceMs ?? 0;
        set
        {
            if (value != ReadySinceMs) Rarely().ReadySinceMs = value;
        }
    }

    /// <summary>Since when it could have been started, as far as is known; for one that waits.</summary>
    public long WaitingSince => Math.Max(AcceptedAt, ReadySinceMs);

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
        get => (int)((_bits >> PriorityShift) & PriorityMask);
        set => _bits = (_bits & ~(PriorityMask << PriorityShift)) | ((uint)Math.Clamp(value, Job.MinPriority, Job.MaxPriority) << PriorityShift);
    }

    public JobState State
    {
        get => (JobState)((_bits >> StateShift) & StateMask);
        set => _bits = (_bits & ~(StateMask << StateShift)) | (((uint)value & StateMask) << StateShift);
    }

    /// <summary>In the tree: no older job of its order key holds it back.</summary>
    public bool IsStartable
    {
        get => (_bits & StartableBit) != 0;
        set => _bits = value ? _bits | StartableBit : _bits & ~StartableBit;
    }

    /// <summary>In the tree: it or one below it is startable.</summary>
    public bool IsAnyStartable
    {
        get => (_bits & AnyStartableBit) != 0;
        set => _bits = value ? _bits | AnyStartableBit : _bits & ~AnyStartableBit;
    }

    /// <summary>In the tree: the position that was told last, up to eight million; 0: none.</summary>
    public int Told
    {
        get => (int)(_bits & MaxTold);
        set => _bits = (_bits & ~MaxTold) | (uint)Math.Clamp(value, 0, (int)MaxTold);
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
        public long WaitingSince;
        public long EarliestDeadline;
        public int Count;
        /// <summary>
        /// At least the greatest of what was told less twice the rank, over this node and all below it, the rank counted among these.
        /// </summary>
        public int Slack;
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
