namespace JubileeVerse.Architecture.Tests;

/// <summary>One setting.</summary>
/// <param name="Name">Below <c>JubileeVerse</c>, with <c>&lt;n&gt;</c> for an entry of a list and <c>&lt;name&gt;</c> for one of a dictionary.</param>
/// <param name="Default">As the table shows it.</param>
internal sealed record OptionKey(string Name, string Default);
