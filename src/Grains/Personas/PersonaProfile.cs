namespace JubileeVerse.Personas;

/// <summary>A persona as its answers are made: stays inside the silo.</summary>
/// <param name="Persona">What everyone may see.</param>
/// <param name="SystemPrompt">Who it is and how it speaks, for a language model.</param>
/// <param name="Voice">What the <c>builtin</c> model speaks with.</param>
public sealed record PersonaProfile(Persona Persona, string SystemPrompt, PersonaVoice Voice);
