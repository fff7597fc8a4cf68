using JubileeVerse.Queues.Store.Rows;
using JubileeVerse.Storage.Batching;

namespace JubileeVerse.Queues.Store.Statements;

/// <summary>The statements of packs; both databases use the same text.</summary>
internal static class JobPackStatements
{
    // Locks the queue's row. A pack is either stored before a newer activation raises the epoch and reads the pack, or not stored at all.
    private const string LockEpoch = "update queues set epoch = case when epoch = @epoch then epoch end where name = @queue";

    private const string InsertPack = "insert into job_packs (queue, id, jobs) values (@queue, @id, @jobs)";

    private const string DeletePack = "delete from job_packs where queue = @queue and id = @id";

    public static WriteUnit Insert(string queue, long epoch, JobPack pack) => new(
        new Statement(LockEpoch, ("queue", queue), ("epoch", epoch)),
        new Statement(InsertPack, ("queue", queue), ("id", pack.Id), ("jobs", pack.ToText())));

    public static Statement Delete(string queue, string id) => new(DeletePack, ("queue", queue), ("id", id));
}
