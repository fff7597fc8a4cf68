using System.Collections.Immutable;
using JubileeVerse.Personas;
using JubileeVerse.Replies;
using JubileeVerse.Storage;

namespace JubileeVerse.Conversations;

/// <summary>
/// Puts messages into the order in which they were meant: an answer stands behind the message that it answers,
/// though others may have been posted between the two. Of an answer made again only the newest variant is kept.
/// </summary>
internal static class TurnOrder
{
    public static ImmutableArray<Turn> Of(IEnumerable<TurnRow> rows, int limit) =>
    [
        .. rows.GroupBy(row => (row.TurnSeq, row.PersonaId, IsAnswer: row.Seq != row.TurnSeq))
            .Select(variants => variants.MaxBy(row => row.Seq)!)
            .OrderBy(row => row.TurnSeq)
            .ThenBy(row => row.Seq)
            .TakeLast(limit)
            .Select(row => new Turn(
                EnumText<MessageRole>.Parse(row.Role),
                row.PersonaId is null ? null : PersonaId.Parse(row.PersonaId),
                row.Content)),
    ];
}
