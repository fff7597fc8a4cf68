using JubileeVerse.Storage;

namespace JubileeVerse.Queues.Store;

/// <summary>The statements of packs: the same text on both databases.</summary>
internal static class JobPackStatements
{
    // Locks the queue's row: a pack is stored either before a newer activation has raised the epoch, and that one reads it, or not at all.
    private const string LockEpoch = "update queues set epoch = case when epoch = @epoch then epoch end where name = @queue";

    private const string InsertPack = "insert into job_packs (queue, id, jobs) values (@queue, @id, @jobs)";

    private const string DeletePack = "delete from job_packs where queue = @queue and id = @id";

    public static WriteUnit Insert(string queue, long epoch, JobPack pack) => new(
        new Statement(LockEpoch, ("queue", queue), ("epoch", epoch)),
        new Statement(InsertPack, ("queue", queue), ("id", pack.Id), ("jobs", pack.ToText())));

    public static Statement Delete(string queue, string id) => new(DeletePack, ("queue", queue), ("id", id));
}
