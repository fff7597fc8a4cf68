using System.Collections.Immutable;

namespace JubileeVerse.Personas;

/// <summary>Reads and writes the table <c>personas</c>.</summary>
internal interface IPersonaStore
{
    /// <summary>Returns the active personas, in no order.</summary>
    Task<ImmutableArray<StoredPersona>> LoadActiveAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Inserts the persona if it is missing, and updates it if it was written from another version of the seed.
    /// A row that an admin has edited (its <c>seed_hash</c> is null) is not changed, and neither is the column <c>is_active</c>.
    /// Throws <see cref="Storage.DuplicateKeyException"/> if another persona has the slug.
    /// </summary>
    Task SeedAsync(SeedPersona seed, CancellationToken cancellationToken);
}
