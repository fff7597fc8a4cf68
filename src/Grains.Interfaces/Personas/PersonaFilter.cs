namespace JubileeVerse.Personas;

/// <summary>A filter for personas. Null matches any.</summary>
/// <param name="Category">Exact match, case-insensitive.</param>
/// <param name="Language">BCP 47, such as <c>es</c>.</param>
/// <param name="Text">Substring of name, title or bio, case-insensitive.</param>
/// <param name="Featured">True for featured personas, false for the others.</param>
[GenerateSerializer, Immutable, Alias("PersonaFilter")]
public sealed record PersonaFilter(string? Category, string? Language, string? Text, bool? Featured);
