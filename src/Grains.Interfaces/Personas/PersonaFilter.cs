namespace JubileeVerse.Personas;

/// <summary>Which personas are wanted; null means any.</summary>
/// <param name="Category">Exact, without case.</param>
/// <param name="Language">BCP 47, such as <c>es</c>.</param>
/// <param name="Text">Contained in name, title or bio, without case.</param>
/// <param name="Featured">Featured ones, or the others.</param>
[GenerateSerializer, Immutable, Alias("PersonaFilter")]
public sealed record PersonaFilter(string? Category, string? Language, string? Text, bool? Featured);
