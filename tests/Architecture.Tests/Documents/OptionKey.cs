namespace JubileeVerse.Architecture.Tests.Documents;

/// <summary>One setting as <c>docs/configuration.md</c> lists it.</summary>
/// <param name="Name">
/// The key below <c>JubileeVerse</c>, with <c>&lt;n&gt;</c> for an entry of a list and <c>&lt;name&gt;</c> for an entry of a dictionary.
/// </param>
/// <param name="Default">The default as the table shows it.</param>
internal sealed record OptionKey(string Name, string Default);
