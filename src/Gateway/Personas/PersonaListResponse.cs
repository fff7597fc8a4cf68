using System.Collections.Immutable;
using JubileeVerse.Personas;

namespace JubileeVerse.Gateway.Personas;

internal sealed record PersonaListResponse(ImmutableArray<Persona> Personas, string? Next);
