namespace JubileeVerse.Gateway.Realtime;

/// <summary>A batch's place among all of one silo run: outboxes count upwards, and so do the batches of each.</summary>
internal readonly record struct BatchNumber(long Outbox, long Sequence)
{
    /// <summary>False: it has been applied, or what it carries counts as lost already.</summary>
    public bool IsAfter(BatchNumber last) => Outbox != last.Outbox ? Outbox > last.Outbox : Sequence > last.Sequence;

    /// <summary>True: nothing was sent between the two. Before the first batch of all stands the default.</summary>
    public bool Follows(BatchNumber last) =>
        Outbox == last.Outbox ? Sequence == last.Sequence + 1 : last == default && Sequence == 1;
}
