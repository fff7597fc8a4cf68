using JubileeVerse.Queues.Jobs;
using JubileeVerse.Realtime;
using JubileeVerse.Realtime.Frames;
using JubileeVerse.Replies;

namespace JubileeVerse.Conversations.Writing;

/// <summary>
/// Builds one atomic change from the grain's state. It is pure: ids and the time are passed in, and the state does not change until the
/// unit is committed.
/// </summary>
internal sealed class ConversationWriteBuilder(ConversationState state, string epoch, DateTimeOffset now)
{
    private readonly List<DurableFrame> _events = [];
    private readonly List<NewMessage> _messages = [];
    private readonly List<OpenReply> _newReplies = [];
    private readonly List<OpenReply> _reopenedReplies = [];
    private readonly List<ReplyEnd> _replyEnds = [];

    public ConversationHead Head { get; private set; } = state.Head;

    public DateTimeOffset Now => now;

    public ChannelName Channel => ChannelName.For(Head.Conversation.Id);

    public long NextSeq => Head.LastSeq + 1;

    public ConversationWriteBuilder Change(Func<ConversationHead, ConversationHead> change)
    {
        Head = change(Head);
        return this;
    }

    /// <summary>Adds a user message and its event.</summary>
    public ConversationWriteBuilder Post(Message message, string clientMessageId, string requestHash)
    {
        Add(new NewMessage(message, clientMessageId, requestHash));
        return AddEvent(offset => new MessagePosted(Channel, epoch, offset, message));
    }

    public ConversationWriteBuilder AddReply(OpenReply reply)
    {
        _newReplies.Add(reply);
        return this;
    }

    /// <summary>Queues a failed reply again.</summary>
    public ConversationWriteBuilder Reopen(OpenReply reply)
    {
        _reopenedReplies.Add(reply);
        return AddChangedEvent();
    }

    public ConversationWriteBuilder Complete(ReplyProgress progress, CompleteReply command, MessageId messageId)
    {
        var message = CreateReplyMessage(progress, messageId, command.Text, command.Language, MessageStatus.Completed, command.Usage.Model);
        Add(new NewMessage(message));
        _replyEnds.Add(new ReplyEnd(
            progress.Reply.Id,
            ReplyStatus.Completed,
            command.Attempt,
            command.Text,
            command.Usage,
            Error: null,
            progress.StartedAt ?? now,
            now));
        return AddEvent(offset => new ReplyCompleted(Channel, epoch, offset, progress.Reply.Id, command.Lease.Run, message, command.Usage));
    }

    /// <summary>Ends a reply as cancelled. Its text so far is kept as a message, so that the conversation reads as it was shown.</summary>
    public ConversationWriteBuilder Cancel(ReplyProgress progress, string reason, MessageId messageId)
    {
        var text = progress.Text;
        if (text.Length > 0)
            Add(new NewMessage(CreateReplyMessage(progress, messageId, text, language: null, MessageStatus.Cancelled, model: null)));
        _replyEnds.Add(new ReplyEnd(
            progress.Reply.Id, ReplyStatus.Cancelled, progress.Attempt, text, Usage: null, Error: null, progress.StartedAt, now));
        return AddEvent(offset => new ReplyCancelled(Channel, epoch, offset, progress.Reply.Id, reason, text));
    }

    public ConversationWriteBuilder Fail(ReplyProgress progress, ReplyError error)
    {
        _replyEnds.Add(new ReplyEnd(
            progress.Reply.Id, ReplyStatus.Failed, progress.Attempt, progress.Text, Usage: null, error, progress.StartedAt, now));
        return AddEvent(offset => new ReplyFailed(Channel, epoch, offset, progress.Reply.Id, error.Code, error.Text));
    }

    public ConversationWriteBuilder AddChangedEvent(bool deleted = false) =>
        AddEvent(offset => new ConversationChanged(Channel, epoch, offset, Head.Conversation, deleted));

    public ConversationWriteBuilder MarkRead(long seq)
    {
        Head = Head with { ReadSeq = seq };
        return AddEvent(offset => new ReadMarked(Channel, epoch, offset, Head.Owner, seq) { ConversationId = Head.Conversation.Id });
    }

    public ConversationWrite Build() => new(Head, state.Head.Version, now)
    {
        Events = [.. _events],
        Messages = [.. _messages],
        NewReplies = [.. _newReplies],
        ReopenedReplies = [.. _reopenedReplies],
        ReplyEnds = [.. _replyEnds],
        Jobs = [.. _newReplies.Select(reply => reply.Job).OfType<Job>()],
    };

    private void Add(NewMessage added)
    {
        _messages.Add(added);
        Head = Head.With(added.Message);
    }

    private ConversationWriteBuilder AddEvent(Func<long, DurableFrame> createFrame)
    {
        Head = Head with { Version = Head.Version + 1 };
        _events.Add(createFrame(Head.Version));
        return this;
    }

    private Message CreateReplyMessage(
        ReplyProgress progress, MessageId id, string text, string? language, MessageStatus status, string? model) => new(
        id,
        Head.Conversation.Id,
        NextSeq,
        MessageRole.Assistant,
        progress.Reply.PersonaId,
        text,
        language,
        status,
        progress.Reply.Id,
        progress.Reply.MessageId,
        progress.Reply.VariantOf,
        now,
        model);
}
