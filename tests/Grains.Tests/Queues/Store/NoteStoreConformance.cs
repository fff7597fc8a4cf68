using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.Store;
using JubileeVerse.Queues.Store.Statements;
using JubileeVerse.Testing.Storage;

namespace JubileeVerse.Grains.Tests.Queues.Store;

/// <summary>The contract of the note store on every database.</summary>
public abstract class NoteStoreConformance
{
    private readonly StoreFixture _store;

    protected NoteStoreConformance(StoreFixture store)
    {
        store.SkipWhenMissing();
        _store = store;
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AddAsync_MoreLinesThanTheLimit_KeepsTheLatestUntruncated()
    {
        var notes = new NoteStore(_store.Writes);
        var id = new JobId("noted");
        await _store.Writes.CommitAsync(new(JobStatements.Insert(TestJobs.Job(id.Value))), Token);
        string[] lines = [.. Enumerable.Range(0, 150).Select(i => $"{i:000} ".PadRight(JobNote.MaxLength, 'ä'))];

        await notes.AddAsync(TestJobs.Queue, new JobNote(id, default, "1%", [.. lines[..75]]), Token);
        await notes.AddAsync(TestJobs.Queue, new JobNote(id, default, null, [.. lines[75..]]), Token);

        var job = await new SqlJobStore(_store.Database, _store.Writes).FindAsync(TestJobs.Queue, id, Token);
        Assert.Equal(lines[50..], job!.Log);
        Assert.Equal("1%", job.Progress);
    }
}

public sealed class SqliteNoteStoreTests(SqliteStore store) : NoteStoreConformance(store), IClassFixture<SqliteStore>;

public sealed class PostgreSqlNoteStoreTests(PostgreSqlStore store) : NoteStoreConformance(store), IClassFixture<PostgreSqlStore>;
