namespace JubileeVerse.ServiceDefaults.Configuration;

/// <summary>
/// Says that processes of another kind read keys of this section too, so that a key which this one does not know
/// is worth a warning, and no reason to refuse the start.
/// </summary>
public sealed record SharedSection(string Section);
