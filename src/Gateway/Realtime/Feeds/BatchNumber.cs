namespace JubileeVerse.Gateway.Realtime.Feeds;

/// <summary>The number of a batch within one run of a silo. Outbox numbers rise, and so do the batch numbers within an outbox.</summary>
internal readonly record struct BatchNumber(long Outbox, long Sequence)
{
    /// <summary>False when the batch has been applied already, or its frames have already been counted as lost.</summary>
    public bool IsAfter(BatchNumber last) => Outbox != last.Outbox ? Outbox > last.Outbox : Sequence > last.Sequence;

    /// <summary>True when the silo sent no batch between the two. The first batch of a run follows the default value.</summary>
    public bool Follows(BatchNumber last) =>
        Outbox == last.Outbox ? Sequence == last.Sequence + 1 : last == default && Sequence == 1;
}
