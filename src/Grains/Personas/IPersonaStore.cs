using System.Collections.Immutable;

namespace JubileeVerse.Personas;

/// <summary>The rows of the personas.</summary>
internal interface IPersonaStore
{
    /// <summary>The active ones, in no order.</summary>
    Task<ImmutableArray<StoredPersona>> LoadActiveAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Inserts the persona if it is missing, and brings it up to date if another version of the seed made it.
    /// A row that an admin has edited (its <c>seed_hash</c> is null) stays as it is, and so does whether it is active.
    /// Throws <see cref="Storage.DuplicateKeyException"/> where another persona has the slug.
    /// </summary>
    Task SeedAsync(SeedPersona seed, CancellationToken cancellationToken);
}
