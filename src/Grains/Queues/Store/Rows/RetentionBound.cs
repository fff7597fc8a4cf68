namespace JubileeVerse.Queues.Store.Rows;

/// <summary>A position among ended jobs in the order of end and id. It selects all jobs at and before it.</summary>
internal readonly record struct RetentionBound(long EndedAt, string Id);
