using System.Collections.Immutable;
using JubileeVerse.Paging;
using Orleans.Concurrency;

namespace JubileeVerse.Personas;

/// <summary>Exposes the silo's persona catalog. The grain has no state, so any number of activations may run.</summary>
[StatelessWorker]
internal sealed class PersonaCatalogGrain(PersonaCatalog catalog) : Grain, IPersonaCatalogGrain
{
    public async Task<Page<Persona>> ListAsync(PersonaFilter filter, PageRequest page, CancellationToken cancellationToken) =>
        PersonaListing.List(await catalog.SnapshotAsync(cancellationToken), filter, page);

    public async Task<Persona?> FindAsync(string idOrSlug, CancellationToken cancellationToken)
    {
        var snapshot = await catalog.SnapshotAsync(cancellationToken);
        var profile = PersonaId.TryParse(idOrSlug, null, out var id) ? snapshot.Find(id) : snapshot.FindBySlug(idOrSlug);
        return profile?.Persona;
    }

    public async Task<ImmutableArray<string>> CategoriesAsync(CancellationToken cancellationToken) =>
        (await catalog.SnapshotAsync(cancellationToken)).Categories;
}
