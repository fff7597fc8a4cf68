using JubileeVerse.Personas;
using JubileeVerse.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace JubileeVerse.Grains.Tests.Personas;

public sealed class PersonaSeederTests
{
    [Fact]
    public async Task Seed_OneSlugIsTaken_StillSeedsTheOthers()
    {
        var store = new FakePersonaStore
        {
            OnSeed = seed => seed.Slug == "zev" ? throw new DuplicateKeyException("personas_slug") : Task.CompletedTask,
        };

        await new PersonaSeeder(store, NullLogger<PersonaSeeder>.Instance).SeedAsync(TestContext.Current.CancellationToken);

        Assert.Equal(PersonaSeed.Load().Select(seed => seed.Slug), store.Seeded.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Seed_StoreUnavailable_Throws()
    {
        var store = new FakePersonaStore { OnSeed = _ => throw new StoreUnavailableException("away") };

        await Assert.ThrowsAsync<StoreUnavailableException>(
            () => new PersonaSeeder(store, NullLogger<PersonaSeeder>.Instance).SeedAsync(TestContext.Current.CancellationToken));
    }
}
