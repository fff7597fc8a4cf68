namespace JubileeVerse.Personas;

/// <summary>A persona with the data that generates its replies, which never leaves the silo.</summary>
/// <param name="Persona">The public part.</param>
/// <param name="SystemPrompt">Describes the persona and its style to a language model.</param>
/// <param name="Voice">The phrases of the <c>builtin</c> model.</param>
public sealed record PersonaProfile(Persona Persona, string SystemPrompt, PersonaVoice Voice);
