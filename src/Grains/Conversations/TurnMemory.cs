using System.Collections.Immutable;
using JubileeVerse.Replies;
using JubileeVerse.Storage;

namespace JubileeVerse.Conversations;

/// <summary>
/// The newest messages of a conversation as prompts need them, so that a reply does not ask the store for what was just said.
/// Bounded: an old message that has fallen out is older than any prompt reaches.
/// </summary>
internal sealed class TurnMemory
{
    /// <summary>Messages kept, and read from the store at first.</summary>
    public const int MaxMessages = 120;

    private const int MaxCharacters = 128 * 1024;

    private readonly Queue<TurnRow> _rows = new();
    private int _characters;

    public TurnMemory(IEnumerable<TurnRow> oldestFirst)
    {
        foreach (var row in oldestFirst)
            Add(row);
    }

    /// <summary>A message that was just committed.</summary>
    /// <param name="message">The message.</param>
    /// <param name="turnSeq">The number of the person's message that its turn began with; its own for a person's message.</param>
    public void Add(Message message, long turnSeq) => Add(new TurnRow
    {
        Role = EnumText<MessageRole>.Of(message.Role),
        PersonaId = message.PersonaId?.ToString(),
        Content = message.Content,
        Seq = message.Seq,
        TurnSeq = turnSeq,
    });

    /// <summary>Whether a person's message is still here.</summary>
    public bool Reaches(long messageSeq) => _rows.Any(row => row.Seq == messageSeq);

    /// <summary>The turns before and with a person's message, oldest first: later posts and answers to this one are not among them.</summary>
    public ImmutableArray<Turn> UpTo(long messageSeq, int limit) => TurnOrder.Of(
        _rows.Where(row => row.Seq == row.TurnSeq ? row.Seq <= messageSeq : row.TurnSeq < messageSeq), limit);

    private void Add(TurnRow row)
    {
        _rows.Enqueue(row);
        _characters += row.Content.Length;
        while (_rows.Count > MaxMessages || (_characters > MaxCharacters && _rows.Count > 1))
            _characters -= _rows.Dequeue().Content.Length;
    }
}
