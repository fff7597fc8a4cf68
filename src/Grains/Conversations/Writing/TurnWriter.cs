using System.Collections.Immutable;
using JubileeVerse.Accounts;
using JubileeVerse.Conversations.Store;
using JubileeVerse.Personas;
using JubileeVerse.Queues.Configuration;
using JubileeVerse.Replies;

namespace JubileeVerse.Conversations.Writing;

/// <summary>
/// Writes a turn: a user message with its open replies, or the regenerated replies to a message. Also writes the end of all turns: the
/// deletion of the conversation.
/// </summary>
internal sealed class TurnWriter(ConversationState state, ConversationWriteBuilder write, QueueOptions queue, TimeProvider time)
{
    public ConversationWrite Post(
        PostMessage command, string requestHash, ImmutableArray<PersonaId> personas, ImmutableArray<ReplyId> ids, Admission admission)
    {
        if (write.Head.Conversation.OnBusy == OnBusy.Interrupt)
            CancelOpen(ReplyCancelReasons.Interrupted);

        var message = new Message(
            MessageId.New(time),
            write.Head.Conversation.Id,
            write.NextSeq,
            MessageRole.User,
            PersonaId: null,
            command.Content,
            command.Language,
            MessageStatus.Completed,
            ReplyId: null,
            InReplyTo: null,
            VariantOf: null,
            write.Now,
            Model: null);
        if (write.Head.Conversation.Title is null)
        {
            var title = ConversationRules.TitleFrom(command.Content);
            write.Change(head => head with { Conversation = head.Conversation with { Title = title } });
        }

        write.Post(message, command.ClientMessageId, requestHash);
        for (var i = 0; i < personas.Length; i++)
            AddReply(ids[i], message, personas[i], clientKey: null, variantOf: null, state.NextOrdinal + i, admission);
        return write.Build();
    }

    public ConversationWrite Regenerate(MessageWithReplies target, string clientKey, ImmutableArray<ReplyId> ids, Admission admission)
    {
        for (var i = 0; i < target.FirstReplies.Length; i++)
        {
            var first = target.FirstReplies[i];
            AddReply(ids[i], target.Message, first.PersonaId, clientKey, first.MessageId, state.NextOrdinal + i, admission);
        }

        return write.AddChangedEvent().Build();
    }

    public ConversationWrite Delete()
    {
        CancelOpen(ReplyCancelReasons.ConversationDeleted);
        return write.Change(head => head with { DeletedAt = write.Now }).AddChangedEvent(deleted: true).Build();
    }

    private void CancelOpen(string reason)
    {
        foreach (var progress in state.Open)
        {
            progress.IsEnding = true;
            write.Cancel(progress, reason, MessageId.New(time));
        }
    }

    private void AddReply(
        ReplyId id, Message message, PersonaId persona, string? clientKey, MessageId? variantOf, long ordinal, Admission admission) =>
        write.AddReply(new OpenReply(
            id,
            message.ConversationId,
            message.Id,
            message.Seq,
            ordinal,
            persona,
            clientKey,
            variantOf,
            write.Now,
            ReplyJobFactory.Create(id, write.Head, ordinal, admission, queue, write.Now)));
}
