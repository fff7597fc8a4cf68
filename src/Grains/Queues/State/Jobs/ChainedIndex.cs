namespace JubileeVerse.Queues.State.Jobs;

/// <summary>
/// A hash index whose chains run through the jobs themselves: it takes about 12 bytes per job, where a dictionary takes 60.
/// </summary>
internal sealed class ChainedIndex<TChain>
    where TChain : IChain
{
    private const int InitialBuckets = 16;

    private OpenJob?[] _buckets = new OpenJob?[InitialBuckets];

    public int Count { get; private set; }

    public OpenJob? Find(CompactId key)
    {
        var job = _buckets[BucketOf(key, _buckets)];
        while (job is not null && !TChain.KeyOf(job).Equals(key)) job = TChain.NextOf(job);
        return job;
    }

    /// <summary>All jobs, in no particular order. The index must not be changed during the enumeration.</summary>
    public IEnumerable<OpenJob> All()
    {
        foreach (var first in _buckets)
        {
            for (var job = first; job is not null; job = TChain.NextOf(job)) yield return job;
        }
    }

    /// <summary>Adds a job. The caller has checked that no other job has the key.</summary>
    public void Add(OpenJob job)
    {
        if (Count == _buckets.Length) Grow();
        Link(job, _buckets);
        Count++;
    }

    public void Remove(OpenJob job)
    {
        ref var link = ref _buckets[BucketOf(TChain.KeyOf(job), _buckets)];
        while (link is not null && !ReferenceEquals(link, job)) link = ref TChain.NextOf(link);
        if (link is null) return;

        link = TChain.NextOf(job);
        TChain.NextOf(job) = null;
        Count--;
    }

    private static int BucketOf(CompactId key, OpenJob?[] buckets) => key.GetHashCode() & (buckets.Length - 1);

    private static void Link(OpenJob job, OpenJob?[] buckets)
    {
        ref var bucket = ref buckets[BucketOf(TChain.KeyOf(job), buckets)];
        TChain.NextOf(job) = bucket;
        bucket = job;
    }

    private void Grow()
    {
        var buckets = new OpenJob?[_buckets.Length * 2];
        foreach (var first in _buckets)
        {
            for (var job = first; job is not null;)
            {
                var next = TChain.NextOf(job);
                Link(job, buckets);
                job = next;
            }
        }

        _buckets = buckets;
    }
}
