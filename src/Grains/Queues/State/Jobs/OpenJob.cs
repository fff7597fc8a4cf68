using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.State.Ranks;

namespace JubileeVerse.Queues.State.Jobs;

/// <summary>
/// A job that has not ended, as its queue holds it in memory. The object is also the node of every structure that contains it
/// (index, tree, lane), which keeps a waiting job below 200 bytes; entries in separate dictionaries would double that.
/// </summary>
internal sealed class OpenJob
{
    private const uint NoDelta = uint.MaxValue;
    private const uint MaxAnnouncedRank = (1 << 23) - 1;
    private const uint StartableBit = 1 << 23;
    private const uint AnyStartableBit = 1 << 24;
    private const int PriorityShift = 25;
    private const uint PriorityMask = 0xF;
    private const int StateShift = 29;
    private const uint StateMask = 0x7;

    /// <summary>The chain pointer of the <see cref="ChainedIndex{TChain}"/> by id.</summary>
    public OpenJob? NextById;

    /// <summary>The pointers of <see cref="OrderLanes"/>.</summary>
    public LaneLinks Lane;

    /// <summary>The node of <see cref="RankTree"/>.</summary>
    public TreeLinks Tree;

    private readonly ulong _idHigh;
    private readonly ulong _idLow;
    private readonly ulong _orderHigh;
    private readonly ulong _orderLow;

    // Milliseconds after AcceptedAt; NoDelta when there is no deadline, or when the deadline is in RareFields.
    private readonly uint _deadlineMs;

    // The announced rank, two flags, the priority and the state. Separate fields would take 8 more bytes per job.
    private uint _bits;
    private RareFields? _rare;

    public OpenJob(in StoredJob row, UserShare user, JobSettings settings)
    {
        var job = row.Job;
        (_idHigh, _idLow, var id) = CompactId.From(job.Id);
        (_orderHigh, _orderLow, var orderKey) = CompactId.From(job.OrderKey);
        var deadlineMs = (job.Deadline ?? long.MaxValue) - job.AcceptedAt;
        var isFar = job.Deadline is not null && deadlineMs is < 0 or >= NoDelta;
        _deadlineMs = job.Deadline is null || isFar ? NoDelta : (uint)deadlineMs;
        if (id is not null || orderKey is not null || isFar)
            _rare = new RareFields { Id = id, OrderKey = orderKey, Deadline = isFar ? job.Deadline!.Value : long.MaxValue };

        User = user;
        Settings = settings;
        OrderNumber = job.OrderNumber;
        AcceptedAt = job.AcceptedAt;
        SortKey = row.SortKey ?? 0;
        Priority = job.Priority;
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

    /// <summary>Unix milliseconds; <see cref="long.MaxValue"/> for no deadline.</summary>
    public long Deadline => _deadlineMs == NoDelta ? _rare?.Deadline ?? long.MaxValue : AcceptedAt + _deadlineMs;

    public JobSettings Settings { get; }

    public UserShare User { get; }

    /// <summary>
    /// The heap order of the treap: the node with the greater value is above the other. It is an unpredictable hash of the id, so it is not
    /// stored. Nodes with equal values may be in either order.
    /// </summary>
    public uint TreeHeight => (uint)Id.GetHashCode();

    /// <summary>The sort key; it must not change while the job is in the tree.</summary>
    public long SortKey { get; set; }

    /// <summary>The latest known run, ended or not. A lease at or below this number that is not current has been lost.</summary>
    public long LastRun
    {
        get => _rare?.LastRun ?? 0;
        set
        {
            if (value != LastRun) EnsureRare().LastRun = value;
        }
    }

    public int StartedCount
    {
        get => _rare?.StartedCount ?? 0;
        set
        {
            if (value != StartedCount) EnsureRare().StartedCount = value;
        }
    }

    public int AttemptsMade
    {
        get => _rare?.AttemptsMade ?? 0;
        set
        {
            if (value != AttemptsMade) EnsureRare().AttemptsMade = value;
        }
    }

    /// <summary>
    /// The instant at which a delayed job will be ready or a waiting job became ready; 0 when the job was ready from its acceptance, or
    /// when its queue has moved since.
    /// </summary>
    public long ReadySinceMs
    {
        get => _rare?.ReadySinceMs ?? 0;
        set
        {
            if (value != ReadySinceMs) EnsureRare().ReadySinceMs = value;
        }
    }

    /// <summary>The instant since which a waiting job could start, as far as it is known.</summary>
    public long WaitingSince => Math.Max(AcceptedAt, ReadySinceMs);

    public int StalledCount
    {
        get => _rare?.StalledCount ?? 0;
        set
        {
            if (value != StalledCount) EnsureRare().StalledCount = value;
        }
    }

    /// <summary>Set only by <see cref="Backlog.SetPriority"/>, which also keeps the counts by priority.</summary>
    public int Priority
    {
        get => (int)((_bits >> PriorityShift) & PriorityMask);
        set => _bits = (_bits & ~(PriorityMask << PriorityShift))
            | ((uint)Math.Clamp(value, Job.MinPriority, Job.MaxPriority) << PriorityShift);
    }

    public JobState State
    {
        get => (JobState)((_bits >> StateShift) & StateMask);
        set => _bits = (_bits & ~(StateMask << StateShift)) | (((uint)value & StateMask) << StateShift);
    }

    /// <summary>Valid in the tree: no older job of the same order key holds this job back.</summary>
    public bool IsStartable
    {
        get => (_bits & StartableBit) != 0;
        set => _bits = value ? _bits | StartableBit : _bits & ~StartableBit;
    }

    /// <summary>Valid in the tree: this job or one below it is startable.</summary>
    public bool IsAnyStartable
    {
        get => (_bits & AnyStartableBit) != 0;
        set => _bits = value ? _bits | AnyStartableBit : _bits & ~AnyStartableBit;
    }

    /// <summary>Valid in the tree: the rank that was announced last, capped at 8,388,607; 0 when none was announced.</summary>
    public int AnnouncedRank
    {
        get => (int)(_bits & MaxAnnouncedRank);
        set => _bits = (_bits & ~MaxAnnouncedRank) | (uint)Math.Clamp(value, 0, (int)MaxAnnouncedRank);
    }

    /// <summary>
    /// The order in which jobs start: by sort key, acceptance, order number (for the jobs of one call) and id, so that it is total.
    /// </summary>
    public static int CompareSortKey(OpenJob left, OpenJob right)
    {
        var order = left.SortKey.CompareTo(right.SortKey);
        if (order == 0) order = left.AcceptedAt.CompareTo(right.AcceptedAt);
        if (order == 0) order = left.OrderNumber.CompareTo(right.OrderNumber);
        return order != 0 ? order : left.Id.CompareTo(right.Id);
    }

    /// <summary>The order of jobs with the same order key: by order number, acceptance and id.</summary>
    public static int CompareLane(OpenJob left, OpenJob right)
    {
        var order = left.OrderNumber.CompareTo(right.OrderNumber);
        if (order == 0) order = left.AcceptedAt.CompareTo(right.AcceptedAt);
        return order != 0 ? order : left.Id.CompareTo(right.Id);
    }

    /// <summary>A ring of the open jobs of one order key. The job before the head is the tail.</summary>
    internal struct LaneLinks
    {
        public OpenJob? Previous;
        public OpenJob? Next;
        public OpenJob? NextHead;
    }

    /// <summary>A node of the tree, with the aggregates over its subtree.</summary>
    internal struct TreeLinks
    {
        public OpenJob? Left;
        public OpenJob? Right;
        public long WaitingSince;
        public long EarliestDeadline;
        public int Count;

        /// <summary>
        /// An upper bound: <c>Slack ≥ max over the subtree of (announced rank − 2 · rank)</c>, with ranks counted within the subtree.
        /// </summary>
        public int Slack;
    }

    private RareFields EnsureRare() => _rare ??= new RareFields();

    /// <summary>
    /// The fields that few waiting jobs need: those of jobs that were started or delayed, that have an id that is not a UUID, or whose
    /// deadline does not fit in the 32-bit delta.
    /// </summary>
    private sealed class RareFields
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
