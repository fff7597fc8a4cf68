using JubileeVerse.Conversations;
using JubileeVerse.Queues.Jobs;

namespace JubileeVerse.Replies;

/// <summary>Creates sessions that call conversation grains.</summary>
internal sealed class GrainReplySessionFactory(IGrainFactory grains) : IReplySessionFactory
{
    public IReplySession Create(ReplyJobPayload reply, JobLease lease, int attempt) =>
        new Session(grains.GetGrain<IConversationGrain>(reply.ConversationId.Value), reply.ReplyId, lease, attempt);

    private sealed class Session(IConversationGrain conversation, ReplyId replyId, JobLease lease, int attempt) : IReplySession
    {
        public Task<BeginReplyResult> BeginAsync(CancellationToken cancellationToken) =>
            conversation.BeginReplyAsync(replyId, lease, attempt, cancellationToken);

        public ValueTask<AppendReplyResult> AppendAsync(int textOffset, string text) =>
            conversation.AppendReplyAsync(replyId, lease, textOffset, text);

        public Task<EndReplyResult> CompleteAsync(string text, string? language, TokenUsage usage, CancellationToken cancellationToken) =>
            conversation.CompleteReplyAsync(new CompleteReply(replyId, lease, attempt, text, language, usage), cancellationToken);
    }
}
