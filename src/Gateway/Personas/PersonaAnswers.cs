using System.Collections.Immutable;
using JubileeVerse.Personas;

namespace JubileeVerse.Gateway.Personas;

internal sealed record PersonaListAnswer(ImmutableArray<Persona> Personas, string? Next);

internal sealed record PersonaAnswer(Persona Persona);

internal sealed record CategoriesAnswer(ImmutableArray<string> Categories);
