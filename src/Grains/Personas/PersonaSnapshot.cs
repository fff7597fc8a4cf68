using System.Collections.Frozen;
using System.Collections.Immutable;

namespace JubileeVerse.Personas;

/// <summary>All active personas at one moment, in catalog order: featured personas first, then by sort order.</summary>
internal sealed class PersonaSnapshot
{
    private readonly FrozenDictionary<PersonaId, StoredPersona> _byId;
    private readonly FrozenDictionary<string, StoredPersona> _bySlug;

    public PersonaSnapshot(IEnumerable<StoredPersona> personas)
    {
        Ordered = [.. personas.OrderBy(PersonaSortKey.From)];
        _byId = Ordered.ToFrozenDictionary(persona => persona.Profile.Persona.Id);
        _bySlug = Ordered.ToFrozenDictionary(persona => persona.Profile.Persona.Slug, StringComparer.OrdinalIgnoreCase);
        Categories = [.. Ordered.Select(persona => persona.Profile.Persona.Category).Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    public ImmutableArray<StoredPersona> Ordered { get; }

    /// <summary>Distinct categories in the order of their first persona.</summary>
    public ImmutableArray<string> Categories { get; }

    public PersonaProfile? Find(PersonaId id) => _byId.GetValueOrDefault(id)?.Profile;

    public PersonaProfile? FindBySlug(string slug) => _bySlug.GetValueOrDefault(slug)?.Profile;
}
