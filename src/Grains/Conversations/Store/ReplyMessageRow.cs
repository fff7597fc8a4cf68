using System.Collections.Immutable;

namespace JubileeVerse.Conversations.Store;

/// <summary>A reply to a message, with the id of the message that the reply produced.</summary>
internal sealed class ReplyMessageRow
{
    public string PersonaId { get; init; } = "";

    public string? MessageId { get; init; }

    /// <summary>
    /// The first reply of each persona, in their order. When <paramref name="requested"/> is the id of a reply's message, only the persona
    /// that wrote it.
    /// </summary>
    public static ImmutableArray<FirstReply> FirstPerPersona(IReadOnlyCollection<ReplyMessageRow> rows, string requested)
    {
        var requestedPersona = rows.FirstOrDefault(row => row.MessageId == requested)?.PersonaId;
        return
        [
            .. rows.Where(row => requestedPersona is null || row.PersonaId == requestedPersona)
                .GroupBy(row => row.PersonaId)
                .Select(replies => new FirstReply(
                    Personas.PersonaId.Parse(replies.Key),
                    replies.Select(row => row.MessageId).FirstOrDefault(id => id is not null) is { } first
                        ? Conversations.MessageId.Parse(first)
                        : null)),
        ];
    }
}
