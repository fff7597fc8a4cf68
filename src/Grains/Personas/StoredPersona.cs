namespace JubileeVerse.Personas;

/// <summary>A persona as its row holds it.</summary>
/// <param name="Profile">What answers are made with.</param>
/// <param name="SortOrder">Its place among its like, lowest first.</param>
internal sealed record StoredPersona(PersonaProfile Profile, int SortOrder);
