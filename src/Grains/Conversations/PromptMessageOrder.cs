using System.Collections.Immutable;
using JubileeVerse.Conversations.Store;
using JubileeVerse.Personas;
using JubileeVerse.Replies;
using JubileeVerse.Storage.Dialects;

namespace JubileeVerse.Conversations;

/// <summary>
/// Sorts messages by turn: a reply follows the message that it replies to, even if other messages were posted between the two. Of a
/// regenerated reply only the newest variant is kept.
/// </summary>
internal static class PromptMessageOrder
{
    public static ImmutableArray<PromptMessage> Sort(IEnumerable<PromptMessageRow> rows, int limit) =>
    [
        .. rows.GroupBy(row => (row.TurnSeq, row.PersonaId, IsReply: row.Seq != row.TurnSeq))
            .Select(variants => variants.MaxBy(row => row.Seq)!)
            .OrderBy(row => row.TurnSeq)
            .ThenBy(row => row.Seq)
            .TakeLast(limit)
            .Select(row => new PromptMessage(
                EnumText<MessageRole>.Parse(row.Role),
                row.PersonaId is null ? null : PersonaId.Parse(row.PersonaId),
                row.Content)),
    ];
}
