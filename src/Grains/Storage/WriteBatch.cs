namespace JubileeVerse.Storage;

/// <summary>Units that go to the store in one transaction, led by the marker that makes repeating them safe.</summary>
/// <param name="Writer">This process.</param>
/// <param name="Previous">The number of the writer's last committed batch.</param>
/// <param name="Number">This batch's own; higher than any before, the same for each attempt at it.</param>
/// <param name="Now">Unix milliseconds, so that rows of dead writers can be told and removed.</param>
/// <param name="Units">In the order in which they were brought.</param>
internal sealed record WriteBatch(string Writer, long Previous, long Number, long Now, ReadOnlyMemory<QueuedWrite> Units)
{
    /// <summary>Inserts the row where there is none: the first batch, or a writer that was idle until its row was swept.</summary>
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
