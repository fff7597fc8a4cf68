namespace JubileeVerse.Storage.Batching;

/// <summary>Units that are written in one transaction, preceded by the marker update that makes a retry safe.</summary>
/// <param name="Writer">Identifies this process.</param>
/// <param name="Previous">The number of the writer's last committed batch.</param>
/// <param name="Number">The number of this batch: higher than any earlier one, the same for each attempt.</param>
/// <param name="Now">Unix milliseconds, so that the rows of writers that no longer exist can be found and deleted.</param>
/// <param name="Units">In the order in which they were enqueued.</param>
internal sealed record WriteBatch(string Writer, long Previous, long Number, long Now, ReadOnlyMemory<QueuedWrite> Units)
{
    /// <summary>Inserts the row if it is missing: for the first batch, or after an idle writer's row was swept.</summary>
    private const string RaiseMarker =
        """
        insert into write_markers (writer, batch, seen_at) values (@writer, @number, @now)
        on conflict (writer) do update set
            batch = case when write_markers.batch = @previous then @number end,
            seen_at = @now
        """;

    public IEnumerable<Statement> Statements()
    {
        yield return new Statement(RaiseMarker, ("writer", Writer), ("number", Number), ("now", Now), ("previous", Previous));
        for (var i = 0; i < Units.Length; i++)
        {
            foreach (var statement in Units.Span[i].Unit.Statements)
                yield return statement;
        }
    }
}
