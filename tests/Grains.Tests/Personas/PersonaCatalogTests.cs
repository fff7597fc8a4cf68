using JubileeVerse.Personas;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace JubileeVerse.Grains.Tests.Personas;

public sealed class PersonaCatalogTests
{
    private static readonly StoredPersona Ada = StoredPersonas.Create("ada");
    private static readonly StoredPersona Bo = StoredPersonas.Create("bo");

    private readonly FakeTimeProvider _time = new();
    private readonly FakePersonaStore _store = new() { Rows = [Ada] };
    private readonly PersonaCatalog _catalog;

    public PersonaCatalogTests() => _catalog = new PersonaCatalog(_store, _time, NullLogger<PersonaCatalog>.Instance);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Snapshot_TwoHundredColdReaders_LoadOnce()
    {
        _store.HoldLoads();
        var readers = Enumerable.Range(0, 200).Select(_ => _catalog.SnapshotAsync(Token).AsTask()).ToList();
        _store.Release();

        var snapshots = await Task.WhenAll(readers);

        Assert.Single(snapshots.Distinct());
        Assert.Equal(1, _store.Loads);
    }

    [Fact]
    public async Task Find_UnknownPersona_IsNull()
    {
        Assert.Equal(Ada.Profile, await _catalog.FindAsync(Ada.Profile.Persona.Id, Token));
        Assert.Null(await _catalog.FindAsync(Bo.Profile.Persona.Id, Token));
    }

    [Fact]
    public async Task Snapshot_WithinItsLifetime_IsNotLoadedAgain()
    {
        var first = await _catalog.SnapshotAsync(Token);
        _time.Advance(PersonaCatalog.Lifetime - TimeSpan.FromMilliseconds(1));

        Assert.Same(first, await _catalog.SnapshotAsync(Token));
        Assert.Equal(1, _store.Loads);
    }

    [Fact]
    public async Task Snapshot_AfterItsLifetime_ServesTheOldOneUntilTheNewOneIsLoaded()
    {
        var old = await _catalog.SnapshotAsync(Token);
        _store.Rows = [Ada, Bo];
        _store.HoldLoads();
        _time.Advance(PersonaCatalog.Lifetime);

        Assert.Same(old, await _catalog.SnapshotAsync(Token));
        Assert.Same(old, await _catalog.SnapshotAsync(Token));
        var reload = _catalog.Reload!;
        _store.Release();
        await reload;

        Assert.Equal(2, (await _catalog.SnapshotAsync(Token)).Ordered.Length);
        Assert.Equal(2, _store.Loads);
    }

    [Fact]
    public async Task Snapshot_ReloadFails_KeepsTheOldOneAndRetriesLater()
    {
        var old = await _catalog.SnapshotAsync(Token);
        _store.Failure = new TimeoutException();
        _store.HoldLoads();
        _time.Advance(PersonaCatalog.Lifetime);
        await _catalog.SnapshotAsync(Token);
        var reload = _catalog.Reload!;
        _store.Release();
        await Assert.ThrowsAsync<TimeoutException>(() => reload);

        Assert.Same(old, await _catalog.SnapshotAsync(Token));
        Assert.Equal(2, _store.Loads);

        _store.Failure = null;
        _store.HoldLoads();
        _time.Advance(PersonaCatalog.RetryAfter);
        await _catalog.SnapshotAsync(Token);
        reload = _catalog.Reload!;
        _store.Release();
        await reload;
        Assert.NotSame(old, await _catalog.SnapshotAsync(Token));
    }

    [Fact]
    public async Task Snapshot_FirstLoadFails_ThrowsAndTheNextCallLoadsAgain()
    {
        _store.Failure = new TimeoutException();
        await Assert.ThrowsAsync<TimeoutException>(() => _catalog.SnapshotAsync(Token).AsTask());
        _store.Failure = null;

        Assert.Single((await _catalog.SnapshotAsync(Token)).Ordered);
    }

    [Fact]
    public async Task Snapshot_OneCallerCancels_OthersStillReceiveIt()
    {
        _store.HoldLoads();
        using var cancelled = new CancellationTokenSource();
        var (first, second) = (_catalog.SnapshotAsync(cancelled.Token).AsTask(), _catalog.SnapshotAsync(Token).AsTask());

        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        _store.Release();

        Assert.Single((await second).Ordered);
    }
}
