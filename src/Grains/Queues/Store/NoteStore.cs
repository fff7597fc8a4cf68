using System.Collections.Immutable;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Storage.Batching;

namespace JubileeVerse.Queues.Store;

/// <summary>Stores the progress and the last log lines of a job in the job's row.</summary>
internal sealed class NoteStore(IWriteBatcher batcher)
{
    private const char LineEnd = '\n';

    // The maximum length is that of a full set of lines, so that no kept line is truncated. Both databases use the same text.
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
