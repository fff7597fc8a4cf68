using JubileeVerse.Queues.Jobs;

namespace JubileeVerse.Grains.Tests.Queues.Store;

/// <summary>Verifies that the fake meets the contract of every job store.</summary>
public sealed class FakeJobStoreTests : JobStoreConformance
{
    private readonly FakeJobStore _store;

    public FakeJobStoreTests()
        : this(new FakeJobStore())
    {
    }

    private FakeJobStoreTests(FakeJobStore store)
        : base(store, store.CommitAsync) => _store = store;

    protected override Task InsertWithoutSortKeyAsync(params Job[] jobs)
    {
        foreach (var job in jobs)
            _store.InsertWithoutSortKey(job);
        return Task.CompletedTask;
    }
}
