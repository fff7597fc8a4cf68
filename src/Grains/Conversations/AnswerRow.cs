using System.Collections.Immutable;

namespace JubileeVerse.Conversations;

/// <summary>A reply to a message with the answer that it made.</summary>
internal sealed class AnswerRow
{
    public string PersonaId { get; init; } = "";

    public string? MessageId { get; init; }

    /// <summary>Each persona's first answer, in their order; only the one who gave <paramref name="asked"/>, when that is an answer.</summary>
    public static ImmutableArray<FirstAnswer> FirstOfEach(IReadOnlyCollection<AnswerRow> rows, string asked)
    {
        var wanted = rows.FirstOrDefault(row => row.MessageId == asked)?.PersonaId;
        return
        [
            .. rows.Where(row => wanted is null || row.PersonaId == wanted)
                .GroupBy(row => row.PersonaId)
                .Select(answers => new FirstAnswer(
                    Personas.PersonaId.Parse(answers.Key),
                    answers.Select(row => row.MessageId).FirstOrDefault(id => id is not null) is { } first ? Conversations.MessageId.Parse(first) : null)),
        ];
    }
}
