using JubileeVerse.Queues.State;
using JubileeVerse.Storage;

namespace JubileeVerse.Queues.Store;

/// <summary>The statements of operators' acts: the same text on both databases.</summary>
internal static class JobActStatements
{
    /// <summary>Ids of one statement; a shorter list repeats its last one, so that the text stays the same.</summary>
    private const int DeletesAtOnce = 100;

    private const string UpdateDeadline = "update jobs set deadline = null where queue = @queue and id = @id and deadline <= @now";

    private const string UpdateUntold = "update jobs set told = false where queue = @queue and id = @id and ended_at is not null";

    private static readonly string DeleteEnded = DeleteText("ended_at is not null");
    private static readonly string DeleteOpen = DeleteText("ended_at is null");

    public static WriteUnit Reopen(SqlDialect dialect, Job job, long epoch, in JobChange change, long nowMs) => new(
    [
        .. JobBulk.Insert(dialect, job.Queue, [(job, change.Place)]).Statements,
        .. JobBulk.Change(dialect, job.Queue, epoch, [change], []),
        new Statement(UpdateDeadline, ("queue", job.Queue), ("id", job.Id.Value), ("now", nowMs)),
    ]);

    public static WriteUnit SetUntold(string queue, JobId id) => new(new Statement(UpdateUntold, ("queue", queue), ("id", id.Value)));

    /// <param name="queue">Whose jobs.</param>
    /// <param name="epoch">The writer's.</param>
    /// <param name="ids">1 or more.</param>
    /// <param name="isOpen">They have not ended in the table, and their queue has forgotten them; else those that have not stay.</param>
    public static WriteUnit Delete(string queue, long epoch, IReadOnlyList<JobId> ids, bool isOpen) => new(
    [
        JobStatements.Fence(queue, epoch),
        .. ids.Chunk(DeletesAtOnce).Select(some => DeleteSome(isOpen ? DeleteOpen : DeleteEnded, queue, some)),
    ]);

    private static string DeleteText(string which) =>
        $"""
        delete from jobs where queue = @queue and told and {which} and id in (
            {string.Join(", ", Enumerable.Range(0, DeletesAtOnce).Select(i => $"@id{i}"))})
        """;

    private static Statement DeleteSome(string text, string queue, JobId[] ids) => new(
        text,
        [("queue", queue), .. Enumerable.Range(0, DeletesAtOnce).Select(i => ($"id{i}", (object?)ids[Math.Min(i, ids.Length - 1)].Value))]);
}
