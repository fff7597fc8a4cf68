namespace JubileeVerse.Upgrade;

[GenerateSerializer, Alias("upgrade.LetterKind")]
public enum LetterKind
{
    Plain = 0,
}
