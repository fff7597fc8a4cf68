namespace JubileeVerse.Queues.State.Jobs;

internal readonly record struct CancelResult(CancelKind Kind, JobChange? Change = null, string? Worker = null);
