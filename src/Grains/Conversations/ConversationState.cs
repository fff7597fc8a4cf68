using JubileeVerse.Conversations.Store;
using JubileeVerse.Conversations.Writing;
using JubileeVerse.Replies;

namespace JubileeVerse.Conversations;

/// <summary>
/// The state of a conversation's grain: the row and the open replies in the order in which they run. It changes only by
/// <see cref="Apply"/>, after the commit. The progress of replies is in memory only.
/// </summary>
internal sealed class ConversationState(LoadedConversation loaded)
{
    private readonly List<ReplyProgress> _open = [.. loaded.OpenReplies.Select(reply => new ReplyProgress(reply))];

    public ConversationHead Head { get; private set; } = loaded.Head;

    public long NextOrdinal { get; private set; } = loaded.NextOrdinal;

    public IReadOnlyList<ReplyProgress> Open => _open;

    /// <summary>Null until the first reply begins.</summary>
    public PromptHistory? PromptHistory { get; set; }

    public ReplyProgress? FindOpen(ReplyId id) => _open.Find(progress => progress.Reply.Id == id);

    public void Apply(ConversationWrite write)
    {
        Head = write.Head;
        foreach (var added in write.Messages)
        {
            var turnSeq = added.Message.ReplyId is { } id && FindOpen(id) is { } open ? open.Reply.MessageSeq : added.Message.Seq;
            PromptHistory?.Add(added.Message, turnSeq);
        }

        foreach (var ended in write.ReplyEnds)
            _open.RemoveAll(progress => progress.Reply.Id == ended.Id);
        foreach (var reply in write.ReopenedReplies)
        {
            var later = _open.FindIndex(progress => progress.Reply.Ordinal > reply.Ordinal);
            _open.Insert(later < 0 ? _open.Count : later, new ReplyProgress(reply));
        }

        foreach (var reply in write.NewReplies)
        {
            _open.Add(new ReplyProgress(reply));
            NextOrdinal = reply.Ordinal + 1;
        }
    }
}
