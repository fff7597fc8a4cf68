namespace JubileeVerse.Storage;

/// <summary>Statements that are committed together or not at all, in this order.</summary>
public sealed class WriteUnit(params Statement[] statements)
{
    /// <summary>More would hold up every other unit of the batch.</summary>
    public const int MaxStatements = 320;

    public IReadOnlyList<Statement> Statements { get; } = statements.Length is > 0 and <= MaxStatements
        ? statements
        : throw new ArgumentOutOfRangeException(nameof(statements), statements.Length, $"A unit has 1 to {MaxStatements} statements.");
}
