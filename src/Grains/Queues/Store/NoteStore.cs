using System.Collections.Immutable;
using JubileeVerse.Storage;

namespace JubileeVerse.Queues.Store;

/// <summary>A job's progress and its last lines, in its row.</summary>
internal sealed class NoteStore(IWriteBatcher batcher)
{
    private const char LineEnd = '\n';

    // As many characters as a hundred lines can have, so that none of those is cut; the same text on both databases.
    private const string AddNote =
        """
        update jobs set progress = coalesce(@progress, progress),
            log = case when length(coalesce(log, '') || @lines) > @maxLength
                then substr(coalesce(log, '') || @lines, length(coalesce(log, '') || @lines) - @maxLength + 1)
                else coalesce(log, '') || @lines end
        where queue = @queue and id = @id
        """;

    public Task AddAsync(string queue, JobNote note, CancellationToken cancellationToken) => batcher.CommitAsync(
        new WriteUnit(new Statement(
            AddNote,
            ("queue", queue),
            ("id", note.Id.Value),
            ("progress", note.Progress),
            ("lines", string.Concat(note.Lines.Select(line => line + LineEnd))),
            ("maxLength", JobNote.MaxLines * (JobNote.MaxLength + 1)))),
        cancellationToken);

    public static ImmutableArray<string> LinesOf(string? log) =>
        [.. (log ?? "").Split(LineEnd, StringSplitOptions.RemoveEmptyEntries).TakeLast(JobNote.MaxLines)];
}
