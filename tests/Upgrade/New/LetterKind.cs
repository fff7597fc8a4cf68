namespace JubileeVerse.Upgrade;

[GenerateSerializer, Alias("upgrade.LetterKind")]
public enum LetterKind
{
    Plain = 0,

    /// <summary>Added.</summary>
    Urgent = 1,
}
