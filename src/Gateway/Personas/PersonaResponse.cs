using JubileeVerse.Personas;

namespace JubileeVerse.Gateway.Personas;

internal sealed record PersonaResponse(Persona Persona);
