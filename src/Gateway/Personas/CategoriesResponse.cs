using System.Collections.Immutable;

namespace JubileeVerse.Gateway.Personas;

internal sealed record CategoriesResponse(ImmutableArray<string> Categories);
