using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.State.Jobs;
using JubileeVerse.Storage.Batching;
using JubileeVerse.Storage.Dialects;

namespace JubileeVerse.Queues.Store.Statements;

/// <summary>The statements of operators' actions; both databases use the same text.</summary>
internal static class JobActionStatements
{
    /// <summary>The number of ids in one statement. A shorter list repeats its last id, so that the text stays the same.</summary>
    private const int DeletesAtOnce = 100;

    private const string ClearDeadline = "update jobs set deadline = null where queue = @queue and id = @id and deadline <= @now";

    private const string UpdateUnacknowledged = "update jobs set told = false where queue = @queue and id = @id and ended_at is not null";

    private static readonly string DeleteEnded = DeleteText("ended_at is not null");
    private static readonly string DeleteOpen = DeleteText("ended_at is null");

    public static WriteUnit Reopen(SqlDialect dialect, Job job, long epoch, in JobChange change, long nowMs) => new(
    [
        .. JobBulk.Insert(dialect, job.Queue, [(job, change.SortKey)]).Statements,
        .. JobBulk.Change(dialect, job.Queue, epoch, [change], []),
        new Statement(ClearDeadline, ("queue", job.Queue), ("id", job.Id.Value), ("now", nowMs)),
    ]);

    public static WriteUnit MarkUnacknowledged(string queue, JobId id) =>
        new(new Statement(UpdateUnacknowledged, ("queue", queue), ("id", id.Value)));

    /// <param name="ids">1 or more ids.</param>
    /// <param name="isOpen">
    /// True deletes only jobs that are open in the table and that the queue no longer holds; false only jobs that have ended.
    /// </param>
    public static WriteUnit Delete(string queue, long epoch, IReadOnlyList<JobId> ids, bool isOpen) => new(
    [
        JobStatements.Fence(queue, epoch),
        .. ids.Chunk(DeletesAtOnce).Select(chunk => DeleteChunk(isOpen ? DeleteOpen : DeleteEnded, queue, chunk)),
    ]);

    private static string DeleteText(string condition) =>
        $"""
        delete from jobs where queue = @queue and told and {condition} and id in (
            {string.Join(", ", Enumerable.Range(0, DeletesAtOnce).Select(i => $"@id{i}"))})
        """;

    private static Statement DeleteChunk(string text, string queue, JobId[] ids) => new(
        text,
        [("queue", queue), .. Enumerable.Range(0, DeletesAtOnce).Select(i => ($"id{i}", (object?)ids[Math.Min(i, ids.Length - 1)].Value))]);
}
