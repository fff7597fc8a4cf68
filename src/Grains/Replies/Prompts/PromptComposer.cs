using System.Collections.Immutable;
using System.Text;
using JubileeVerse.Conversations;
using Microsoft.Extensions.AI;

namespace JubileeVerse.Replies.Prompts;

/// <summary>
/// Makes a prompt that fits: system text, then the turns in their order, the oldest left out first. The newest message is always in;
/// only where it is too long for the model all by itself is its middle left out. Depends on nothing but what it is given.
/// </summary>
internal sealed class PromptComposer(ITokenCounter tokens)
{
    // What chat formats add round each message, and once at the end.
    private const int MessageTokens = 4;
    private const int ClosingTokens = 3;
    private const string Omission = "\n[…]\n";

    public ImmutableArray<ChatMessage> Compose(PromptParts parts, int budgetTokens)
    {
        var system = new ChatMessage(ChatRole.System, PromptText.System(parts.Persona.SystemPrompt, parts.Language));
        var turns = parts.Turns.Select(turn => ToMessage(turn, parts)).ToList();
        var newest = parts.Turns.Select((turn, i) => turn.Role == MessageRole.User ? i : -1).DefaultIfEmpty(-1).Max();

        // No text has more tokens than bytes: nearly always that shows that all fits, and nothing needs to be counted.
        var bytes = turns.Append(system).Sum(message => MessageTokens + Encoding.UTF8.GetByteCount(message.Text));
        if (bytes + ClosingTokens <= budgetTokens)
            return [system, .. FromFirstQuestion(turns)];

        var left = budgetTokens - ClosingTokens - Cost(system);
        if (newest >= 0)
        {
            turns[newest] = new ChatMessage(ChatRole.User, Fit(turns[newest].Text, left - MessageTokens));
            left -= Cost(turns[newest]);
        }

        return [system, .. Newest(turns, newest, left)];
    }

    private static ChatMessage ToMessage(Turn turn, PromptParts parts) => turn.Role switch
    {
        MessageRole.User => new ChatMessage(ChatRole.User, turn.Content),
        MessageRole.System => new ChatMessage(ChatRole.System, turn.Content),
        _ when turn.PersonaId == parts.Persona.Persona.Id => new ChatMessage(ChatRole.Assistant, turn.Content),
        // Another persona is somebody else to this one: its words must not look like its own.
        _ => new ChatMessage(ChatRole.User, PromptText.SaidBy(
            turn.PersonaId is { } id && parts.OtherNames.TryGetValue(id, out var name) ? name : "Another persona", turn.Content)),
    };

    // From the end backwards as far as there is room; the newest message has its room already.
    private IEnumerable<ChatMessage> Newest(List<ChatMessage> turns, int newest, int left)
    {
        var first = turns.Count;
        while (first > 0)
        {
            var cost = first - 1 == newest ? 0 : Cost(turns[first - 1]);
            if (cost > left)
                break;
            left -= cost;
            first--;
        }

        return FromFirstQuestion(turns.Where((_, i) => i >= first || i == newest));
    }

    // An answer whose question was left out makes no sense, and some chat formats refuse to begin with one.
    private static IEnumerable<ChatMessage> FromFirstQuestion(IEnumerable<ChatMessage> turns) =>
        turns.SkipWhile(message => message.Role == ChatRole.Assistant);

    private int Cost(ChatMessage message) => MessageTokens + tokens.Count(message.Text);

    private string Fit(string text, int allowance)
    {
        if (tokens.Count(text) <= allowance)
            return text;
        if (tokens.Count(Omission) > allowance)
            throw new InvalidOperationException("The persona's prompt leaves no room for a message in the model's window.");

        var (fits, tooLong) = (0, text.Length);
        while (tooLong - fits > 1)
        {
            var middle = fits + (tooLong - fits) / 2;
            if (tokens.Count(WithoutMiddle(text, middle)) <= allowance)
                fits = middle;
            else
                tooLong = middle;
        }

        return WithoutMiddle(text, fits);
    }

    private static string WithoutMiddle(string text, int kept)
    {
        var head = kept * 2 / 3;
        var tail = text.Length - (kept - head);
        if (head > 0 && char.IsHighSurrogate(text[head - 1]))
            head--;
        if (tail < text.Length && char.IsLowSurrogate(text[tail]))
            tail++;
        return string.Concat(text.AsSpan(0, head), Omission, text.AsSpan(tail));
    }
}
