namespace JubileeVerse.Personas;

/// <summary>The active personas, cached in this silo.</summary>
public interface IPersonaCatalog
{
    /// <summary>Null for an unknown or inactive one.</summary>
    ValueTask<PersonaProfile?> FindAsync(PersonaId id, CancellationToken cancellationToken);
}
