using System.Collections.Immutable;
using JubileeVerse.Accounts;
using JubileeVerse.Personas;
using JubileeVerse.Queues;
using JubileeVerse.Replies;

namespace JubileeVerse.Conversations;

/// <summary>Writes a turn: a person's message with the replies it asks for, or the replies to one once more.</summary>
internal sealed class TurnWriter(ConversationState state, ConversationWriteBuilder write, QueueOptions queue, TimeProvider time)
{
    public ConversationWrite Post(
        PostMessage command, string requestHash, ImmutableArray<PersonaId> personas, ImmutableArray<ReplyId> ids, Admission admission)
    {
        if (write.Head.Conversation.OnBusy == OnBusy.Interrupt)
            CancelOpen();

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
            write.Change(head => head with { Conversation = head.Conversation with { Title = ConversationRules.TitleFrom(command.Content) } });

        write.Post(message, command.ClientMessageId, requestHash);
        for (var i = 0; i < personas.Length; i++)
            Ask(ids[i], message, personas[i], clientKey: null, variantOf: null, state.NextOrdinal + i, admission);
        return write.Build();
    }

    public ConversationWrite Regenerate(AnsweredMessage answered, string clientKey, ImmutableArray<ReplyId> ids, Admission admission)
    {
        for (var i = 0; i < answered.Answers.Length; i++)
        {
            var first = answered.Answers[i];
            Ask(ids[i], answered.Message, first.PersonaId, clientKey, first.MessageId, state.NextOrdinal + i, admission);
        }

        return write.TellChanged().Build();
    }

    private void CancelOpen()
    {
        foreach (var progress in state.Open)
        {
            progress.Ending = true;
            write.Cancel(progress, ReplyCancelReasons.Interrupted, MessageId.New(time));
        }
    }

    private void Ask(
        ReplyId id, Message message, PersonaId persona, string? clientKey, MessageId? variantOf, long ordinal, Admission admission) =>
        write.Ask(new OpenReply(
            id,
            message.ConversationId,
            message.Id,
            message.Seq,
            ordinal,
            persona,
            clientKey,
            variantOf,
            write.Now,
            ReplyJobs.For(id, write.Head, ordinal, admission, queue, write.Now)));
}
