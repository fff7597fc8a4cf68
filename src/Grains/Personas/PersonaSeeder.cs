using JubileeVerse.Storage;
using Microsoft.Extensions.Logging;

namespace JubileeVerse.Personas;

/// <summary>
/// Puts the product's personas into the store when a silo starts: after the store was migrated, before the silo takes calls or work.
/// </summary>
internal sealed partial class PersonaSeeder(IPersonaStore store, ILogger<PersonaSeeder> logger) : ILifecycleParticipant<ISiloLifecycle>
{
    public void Participate(ISiloLifecycle observer) =>
        observer.Subscribe(nameof(PersonaSeeder), ServiceLifecycleStage.ApplicationServices, SeedAsync);

    public async Task SeedAsync(CancellationToken cancellationToken)
    {
        var seeds = PersonaSeed.Load();

        // Side by side, so that the writer commits them together.
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
            // An admin's own persona has this slug. Theirs stays; the product starts without ours.
            LogSlugTaken(e, seed.Slug);
        }
    }
}
