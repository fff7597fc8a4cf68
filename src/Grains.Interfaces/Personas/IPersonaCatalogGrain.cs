using System.Collections.Immutable;
using JubileeVerse.Operations;
using JubileeVerse.Paging;

namespace JubileeVerse.Personas;

/// <summary>Reads the cached catalogue of active personas. A stateless worker; key 0.</summary>
[Alias("IPersonaCatalogGrain")]
public interface IPersonaCatalogGrain : IGrainWithIntegerKey
{
    /// <summary>Featured personas first, then in the order of the catalogue.</summary>
    [Idempotent, Alias("ListAsync")]
    Task<Page<Persona>> ListAsync(PersonaFilter filter, PageRequest page, CancellationToken cancellationToken);

    /// <summary>Null if the persona is unknown or inactive.</summary>
    [Idempotent, Alias("FindAsync")]
    Task<Persona?> FindAsync(string idOrSlug, CancellationToken cancellationToken);

    [Idempotent, Alias("CategoriesAsync")]
    Task<ImmutableArray<string>> CategoriesAsync(CancellationToken cancellationToken);
}
