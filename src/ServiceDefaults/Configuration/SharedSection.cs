namespace JubileeVerse.ServiceDefaults.Configuration;

/// <summary>
/// Declares that other kinds of processes read keys of this section too. Therefore a key that this process does not know is logged as a
/// warning instead of failing the start.
/// </summary>
public sealed record SharedSection(string Section);
