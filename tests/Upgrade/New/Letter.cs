namespace JubileeVerse.Upgrade;

[GenerateSerializer, Immutable, Alias("upgrade.Letter")]
public sealed record Letter([property: Id(0)] string Text, [property: Id(1)] LetterKind Kind)
{
    /// <summary>Added: a member of a type that every version knows.</summary>
    [Id(2)]
    public string? Seal { get; init; }

    /// <summary>Added: a member of a type that is new itself.</summary>
    [Id(3)]
    public Stamp? Stamp { get; init; }
}
