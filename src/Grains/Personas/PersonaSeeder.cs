using JubileeVerse.Storage;
using Microsoft.Extensions.Logging;

namespace JubileeVerse.Personas;

/// <summary>
/// Writes the built-in personas to the store when a silo starts: after the store is migrated, before the silo accepts calls or jobs.
/// </summary>
internal sealed partial class PersonaSeeder(IPersonaStore store, ILogger<PersonaSeeder> logger) : ILifecycleParticipant<ISiloLifecycle>
{
    public void Participate(ISiloLifecycle observer) =>
        observer.Subscribe(nameof(PersonaSeeder), ServiceLifecycleStage.ApplicationServices, SeedAsync);

    public async Task SeedAsync(CancellationToken cancellationToken)
    {
        var seeds = PersonaSeed.Load();

        // Concurrently, so that the batcher commits them together.
        await Task.WhenAll(seeds.Select(seed => SeedAsync(seed, cancellationToken)));
        LogSeeded(seeds.Length);
    }

    private async Task SeedAsync(SeedPersona seed, CancellationToken cancellationToken)
    {
        try
        {
            await store.SeedAsync(seed, cancellationToken);
        }
        catch (DuplicateKeyException e)
        {
            // A persona of an admin has this slug. It is kept, and the built-in one is skipped.
            LogSlugTaken(e, seed.Slug);
        }
    }
}
