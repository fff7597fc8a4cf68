using System.Collections.Immutable;
using JubileeVerse.Personas;

namespace JubileeVerse.Grains.Tests.Personas;

/// <summary>An in-memory store whose loads wait for <see cref="Release"/> after <see cref="HoldLoads"/>.</summary>
internal sealed class FakePersonaStore : IPersonaStore
{
    private int _loads;
    private TaskCompletionSource? _gate;

    public ImmutableArray<StoredPersona> Rows { get; set; } = [];

    public Exception? Failure { get; set; }

    public List<string> Seeded { get; } = [];

    public Func<SeedPersona, Task> OnSeed { get; set; } = _ => Task.CompletedTask;

    public int Loads => Volatile.Read(ref _loads);

    public void HoldLoads() => _gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Release()
    {
        _gate?.SetResult();
        _gate = null;
    }

    public async Task<ImmutableArray<StoredPersona>> LoadActiveAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _loads);
        if (_gate is { } gate)
            await gate.Task.WaitAsync(cancellationToken);
        return Failure is null ? Rows : throw Failure;
    }

    public Task SeedAsync(SeedPersona seed, CancellationToken cancellationToken)
    {
        lock (Seeded)
            Seeded.Add(seed.Slug);
        return OnSeed(seed);
    }
}
