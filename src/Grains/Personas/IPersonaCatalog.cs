namespace JubileeVerse.Personas;

/// <summary>The active personas, cached in this silo.</summary>
public interface IPersonaCatalog
{
    /// <summary>Returns null if the persona is unknown or inactive.</summary>
    ValueTask<PersonaProfile?> FindAsync(PersonaId id, CancellationToken cancellationToken);
}
