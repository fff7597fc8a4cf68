using System.Collections.Immutable;
using JubileeVerse.Conversations.Store;
using JubileeVerse.Replies;
using JubileeVerse.Storage.Dialects;

namespace JubileeVerse.Conversations;

/// <summary>
/// The newest messages of a conversation for prompts, so that a reply need not read recent messages from the store. It is bounded: a
/// message that was removed is older than any prompt needs.
/// </summary>
internal sealed class PromptHistory
{
    /// <summary>The number of messages that are kept, and that are first read from the store.</summary>
    public const int MaxMessages = 120;

    private const int MaxCharacters = 128 * 1024;

    private readonly Queue<PromptMessageRow> _rows = new();
    private int _characters;

    public PromptHistory(IEnumerable<PromptMessageRow> oldestFirst)
    {
        foreach (var row in oldestFirst)
            Add(row);
    }

    /// <summary>Adds a message that was just committed.</summary>
    /// <param name="turnSeq">The sequence number of the user message that started the turn; a user message's own number.</param>
    public void Add(Message message, long turnSeq) => Add(new PromptMessageRow
    {
        Role = EnumText<MessageRole>.Format(message.Role),
        PersonaId = message.PersonaId?.ToString(),
        Content = message.Content,
        Seq = message.Seq,
        TurnSeq = turnSeq,
    });

    /// <summary>Whether a user message is still kept.</summary>
    public bool Contains(long messageSeq) => _rows.Any(row => row.Seq == messageSeq);

    /// <summary>
    /// The prompt messages up to and including a user message, oldest first, without later posts and without replies to this message.
    /// </summary>
    public ImmutableArray<PromptMessage> UpTo(long messageSeq, int limit) => PromptMessageOrder.Sort(
        _rows.Where(row => row.Seq == row.TurnSeq ? row.Seq <= messageSeq : row.TurnSeq < messageSeq), limit);

    private void Add(PromptMessageRow row)
    {
        _rows.Enqueue(row);
        _characters += row.Content.Length;
        while (_rows.Count > MaxMessages || (_characters > MaxCharacters && _rows.Count > 1))
            _characters -= _rows.Dequeue().Content.Length;
    }
}
