namespace JubileeVerse.Queues;

/// <summary>The fake does what a store must do.</summary>
public sealed class FakeJobStoreTests : JobStoreConformance
{
    private readonly FakeJobStore _store;

    public FakeJobStoreTests()
        : this(new FakeJobStore())
    {
    }

    private FakeJobStoreTests(FakeJobStore store)
        : base(store, store.CommitAsync) => _store = store;

    protected override Task InsertUnplacedAsync(params Job[] jobs)
    {
        foreach (var job in jobs)
            _store.InsertUnplaced(job);
        return Task.CompletedTask;
    }
}
