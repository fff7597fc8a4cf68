namespace JubileeVerse.Queues.Store;

/// <summary>The counts of the ended jobs in the table.</summary>
internal sealed record EndedCounts(long Completed, long Failed, long Cancelled);
