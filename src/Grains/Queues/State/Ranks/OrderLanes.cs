using JubileeVerse.Queues.State.Jobs;

namespace JubileeVerse.Queues.State.Ranks;

/// <summary>
/// The open jobs of each order key, oldest first. Only the head of a lane may start, and only while no job of the lane runs.
/// A delayed head (a retry) therefore blocks its lane, which keeps the order across retries.
/// </summary>
internal sealed class OrderLanes
{
    private readonly ChainedIndex<HeadChain> _heads = new();

    // Usually 0 or 1 per lane. It is a count, because a queue that has moved can adopt two runs of one lane.
    private readonly Dictionary<CompactId, int> _running = [];

    /// <summary>The number of lanes with open jobs.</summary>
    public int Count => _heads.Count;

    /// <summary>The oldest open job of the key; null when there is none.</summary>
    public OpenJob? Head(CompactId orderKey) => _heads.Find(orderKey);

    /// <summary>The job behind a head; null when the head is alone.</summary>
    public static OpenJob? Second(OpenJob head) => ReferenceEquals(head.Lane.Next, head) ? null : head.Lane.Next;

    public bool MayStart(OpenJob job) =>
        job.OrderKey.IsNone || (ReferenceEquals(Head(job.OrderKey), job) && !_running.ContainsKey(job.OrderKey));

    /// <summary>Adds a job. Appending, the usual case, takes one step; a late job walks back to its position.</summary>
    public void Add(OpenJob job)
    {
        if (job.OrderKey.IsNone) return;

        var head = Head(job.OrderKey);
        if (head is null)
        {
            job.Lane.Previous = job.Lane.Next = job;
            _heads.Add(job);
            return;
        }

        var previous = head.Lane.Previous!;
        while (OpenJob.CompareLane(job, previous) < 0)
        {
            var isHead = ReferenceEquals(previous, head);
            previous = previous.Lane.Previous!;
            if (!isHead) continue;
            _heads.Remove(head);
            _heads.Add(job);
            break;
        }

        job.Lane.Previous = previous;
        job.Lane.Next = previous.Lane.Next;
        previous.Lane.Next!.Lane.Previous = job;
        previous.Lane.Next = job;
    }

    public void Remove(OpenJob job)
    {
        if (job.OrderKey.IsNone) return;

        if (ReferenceEquals(Head(job.OrderKey), job))
        {
            _heads.Remove(job);
            if (Second(job) is { } second) _heads.Add(second);
        }

        job.Lane.Previous!.Lane.Next = job.Lane.Next;
        job.Lane.Next!.Lane.Previous = job.Lane.Previous;
        job.Lane = default;
    }

    public void Started(OpenJob job)
    {
        if (!job.OrderKey.IsNone) _running[job.OrderKey] = _running.GetValueOrDefault(job.OrderKey) + 1;
    }

    public void Stopped(OpenJob job)
    {
        if (job.OrderKey.IsNone) return;
        if (_running[job.OrderKey] > 1) _running[job.OrderKey]--;
        else _running.Remove(job.OrderKey);
    }

    private readonly struct HeadChain : IChain
    {
        public static CompactId KeyOf(OpenJob job) => job.OrderKey;

        public static ref OpenJob? NextOf(OpenJob job) => ref job.Lane.NextHead;
    }
}
