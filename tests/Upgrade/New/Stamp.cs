namespace JubileeVerse.Upgrade;

/// <summary>Added.</summary>
[GenerateSerializer, Immutable, Alias("upgrade.Stamp")]
public sealed record Stamp([property: Id(0)] int Cents);
