namespace JubileeVerse.Personas;

/// <summary>A row of the table <c>personas</c>.</summary>
/// <param name="SortOrder">Orders the featured personas and the others among themselves, lowest first.</param>
internal sealed record StoredPersona(PersonaProfile Profile, int SortOrder);
