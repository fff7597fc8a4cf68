using JubileeVerse.Personas;

namespace JubileeVerse.Grains.Tests.Replies;

internal sealed class FakePersonaCatalog(params PersonaProfile[] personas) : IPersonaCatalog
{
    public ValueTask<PersonaProfile?> FindAsync(PersonaId id, CancellationToken cancellationToken) =>
        ValueTask.FromResult(personas.FirstOrDefault(profile => profile.Persona.Id == id));
}
