namespace JubileeVerse.Upgrade;

[GenerateSerializer, Immutable, Alias("upgrade.Letter")]
public sealed record Letter([property: Id(0)] string Text, [property: Id(1)] LetterKind Kind);
