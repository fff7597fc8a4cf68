using System.Collections.Immutable;
using System.Text;
using JubileeVerse.Conversations;
using Microsoft.Extensions.AI;

namespace JubileeVerse.Replies.Prompts;

/// <summary>
/// Composes a prompt that fits the budget: the system text, then the turns in order; the oldest turns are omitted first. The newest message
/// is always included; if it alone exceeds the budget, its middle is omitted. Pure.
/// </summary>
internal sealed class PromptComposer(ITokenCounter tokens)
{
    // Overhead of chat formats for each message, and once at the end.
    private const int MessageTokens = 4;
    private const int ClosingTokens = 3;
    private const string Omission = "\n[…]\n";

    public ImmutableArray<ChatMessage> Compose(PromptParts parts, int budgetTokens)
    {
        var system = new ChatMessage(ChatRole.System, PromptText.System(parts.Persona.SystemPrompt, parts.Language));
        var turns = parts.Turns.Select(turn => ToMessage(turn, parts)).ToList();
        var newest = parts.Turns.Select((turn, i) => turn.Role == MessageRole.User ? i : -1).DefaultIfEmpty(-1).Max();

        // No text has more tokens than bytes, which usually proves that everything fits without counting tokens.
        var bytes = turns.Append(system).Sum(message => MessageTokens + Encoding.UTF8.GetByteCount(message.Text));
        if (bytes + ClosingTokens <= budgetTokens)
            return [system, .. SkipLeadingReplies(turns)];

        var left = budgetTokens - ClosingTokens - Cost(system);
        if (newest >= 0)
        {
            turns[newest] = new ChatMessage(ChatRole.User, Fit(turns[newest].Text, left - MessageTokens));
            left -= Cost(turns[newest]);
        }

        return [system, .. Newest(turns, newest, left)];
    }

    private static ChatMessage ToMessage(PromptMessage turn, PromptParts parts) => turn.Role switch
    {
        MessageRole.User => new ChatMessage(ChatRole.User, turn.Content),
        MessageRole.System => new ChatMessage(ChatRole.System, turn.Content),
        _ when turn.PersonaId == parts.Persona.Persona.Id => new ChatMessage(ChatRole.Assistant, turn.Content),
        // Text of another persona is sent as a user message, because it must not look like this persona's own text.
        _ => new ChatMessage(ChatRole.User, PromptText.PrefixSpeaker(
            turn.PersonaId is { } id && parts.OtherNames.TryGetValue(id, out var name) ? name : "Another persona", turn.Content)),
    };

    // Takes turns from the end while the budget lasts; the newest message is already counted.
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

        return SkipLeadingReplies(turns.Where((_, i) => i >= first || i == newest));
    }

    // Skips leading replies, because a reply without its question is useless and some chat formats must not start with one.
    private static IEnumerable<ChatMessage> SkipLeadingReplies(IEnumerable<ChatMessage> turns) =>
        turns.SkipWhile(message => message.Role == ChatRole.Assistant);

    private int Cost(ChatMessage message) => MessageTokens + tokens.Count(message.Text);

    private string Fit(string text, int allowance)
    {
        if (tokens.Count(text) <= allowance)
            return text;
        if (tokens.Count(Omission) > allowance)
            throw new InvalidOperationException("The persona's system prompt leaves no room for a message in the model's context window.");

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
