using System.Collections.Immutable;
using JubileeVerse.Operations;
using JubileeVerse.Paging;

namespace JubileeVerse.Personas;

/// <summary>Doorway to the cached catalogue of active personas. A stateless worker; key 0.</summary>
[Alias("IPersonaCatalogGrain")]
public interface IPersonaCatalogGrain : IGrainWithIntegerKey
{
    /// <summary>Featured ones first, then by the catalogue's own order.</summary>
    [Idempotent, Alias("ListAsync")]
    Task<Page<Persona>> ListAsync(PersonaFilter filter, PageRequest page, CancellationToken cancellationToken);

    /// <summary>Null for an unknown or inactive one.</summary>
    [Idempotent, Alias("FindAsync")]
    Task<Persona?> FindAsync(string idOrSlug, CancellationToken cancellationToken);

    [Idempotent, Alias("CategoriesAsync")]
    Task<ImmutableArray<string>> CategoriesAsync(CancellationToken cancellationToken);
}
