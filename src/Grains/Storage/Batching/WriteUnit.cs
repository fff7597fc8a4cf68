namespace JubileeVerse.Storage.Batching;

/// <summary>Statements that are committed atomically, in this order.</summary>
public sealed class WriteUnit(params Statement[] statements)
{
    /// <summary>A larger unit would delay every other unit of the batch.</summary>
    public const int MaxStatements = 320;

    public IReadOnlyList<Statement> Statements { get; } = statements.Length is > 0 and <= MaxStatements
        ? statements
        : throw new ArgumentOutOfRangeException(
            nameof(statements), statements.Length, $"A unit must have 1 to {MaxStatements} statements.");
}
