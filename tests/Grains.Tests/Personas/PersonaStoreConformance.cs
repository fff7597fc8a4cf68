using Dapper;
using JubileeVerse.Personas;
using JubileeVerse.Storage;
using JubileeVerse.Storage.Batching;
using JubileeVerse.Testing.Storage;
using Microsoft.Extensions.Time.Testing;

namespace JubileeVerse.Grains.Tests.Personas;

/// <summary>The tests of <see cref="IPersonaStore"/>, which every database must pass.</summary>
public abstract class PersonaStoreConformance<TStore>(TStore store) : IAsyncLifetime
    where TStore : StoreFixture
{
    private static readonly SeedPersona Jubilee = PersonaSeed.Load().Single(seed => seed.Slug == "jubilee");

    private readonly FakeTimeProvider _time = new(DateTimeOffset.FromUnixTimeMilliseconds(1_000));
    private SqlPersonaStore? _personas;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private SqlPersonaStore Personas => _personas ??= new SqlPersonaStore(store.Database, store.Writes, _time);

    public async ValueTask InitializeAsync()
    {
        store.SkipWhenMissing();
        await store.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await store.DisposeAsync();
    }

    [Fact]
    public async Task Seed_All_AreReadAsWritten()
    {
        var seeds = PersonaSeed.Load();
        foreach (var seed in seeds)
            await Personas.SeedAsync(seed, Token);

        var loaded = await Personas.LoadActiveAsync(Token);

        Assert.Equal(
            seeds.Select(seed => PersonaText.Serialize(seed.ToStored())).Order(StringComparer.Ordinal),
            loaded.Select(PersonaText.Serialize).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Seed_SameSeedAgain_ChangesNothing()
    {
        await Personas.SeedAsync(Jubilee, Token);
        _time.Advance(TimeSpan.FromSeconds(5));

        await Personas.SeedAsync(Jubilee with { Name = "Not taken, as the hash is the same" }, Token);

        Assert.Equal((Jubilee.Name, 1_000), await RowAsync());
    }

    [Fact]
    public async Task Seed_ChangedSeed_UpdatesTheRow()
    {
        await Personas.SeedAsync(Jubilee, Token);
        _time.Advance(TimeSpan.FromSeconds(5));

        await Personas.SeedAsync(Jubilee with { Name = "Renamed", Hash = "another" }, Token);

        Assert.Equal(("Renamed", 6_000), await RowAsync());
    }

    [Fact]
    public async Task Seed_RowEditedByAnAdmin_IsKept()
    {
        await Personas.SeedAsync(Jubilee, Token);
        await ExecuteAsync("update personas set name = 'Edited', seed_hash = null");

        await Personas.SeedAsync(Jubilee with { Hash = "another" }, Token);

        Assert.Equal(("Edited", 1_000), await RowAsync());
    }

    [Fact]
    public async Task Seed_SlugOfAnotherPersona_IsRefused()
    {
        await Personas.SeedAsync(Jubilee, Token);

        await Assert.ThrowsAsync<DuplicateKeyException>(() => Personas.SeedAsync(Jubilee with { Id = PersonaId.New(_time) }, Token));
    }

    [Fact]
    public async Task LoadActive_InactivePersona_IsOmittedAndStaysInactiveWhenItsSeedChanges()
    {
        await Personas.SeedAsync(Jubilee, Token);
        await ExecuteAsync("update personas set is_active = false");

        await Personas.SeedAsync(Jubilee with { Hash = "another" }, Token);

        Assert.Empty(await Personas.LoadActiveAsync(Token));
    }

    private async Task<(string Name, long UpdatedAt)> RowAsync()
    {
        await using var connection = await store.Database.OpenAsync(Token);
        return await connection.QuerySingleAsync<(string, long)>("select name, updated_at from personas");
    }

    private Task ExecuteAsync(string sql) => store.Writes.CommitAsync(new WriteUnit(new Statement(sql)), Token);
}
