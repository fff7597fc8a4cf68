using System.Threading.Channels;
using JubileeVerse.Accounts;
using JubileeVerse.Conversations;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Realtime;
using JubileeVerse.Replies;

namespace JubileeVerse.Gateway.Tests.Fakes;

/// <summary>A conversation grain; the test completes each attach call itself.</summary>
internal sealed class FakeConversationGrain : IConversationGrain
{
    private readonly Channel<AttachCall> _attachments = Channel.CreateUnbounded<AttachCall>();
    private readonly Channel<long> _detachments = Channel.CreateUnbounded<long>();

    public int AttachCount { get; private set; }

    public ValueTask<AttachCall> NextAttachAsync() => _attachments.Reader.ReadAsync(TestContext.Current.CancellationToken);

    public ValueTask<long> NextDetachAsync() => _detachments.Reader.ReadAsync(TestContext.Current.CancellationToken);

    public Task<ChannelAttachment> AttachAsync(GatewaySubscription gateway)
    {
        var call = new AttachCall(gateway);
        AttachCount++;
        _attachments.Writer.TryWrite(call);
        return call.Result;
    }

    public Task DetachAsync(GatewayId gateway, long generation)
    {
        _detachments.Writer.TryWrite(generation);
        return Task.CompletedTask;
    }

    public Task<Conversation> CreateAsync(CreateConversation command, CancellationToken cancellationToken) => throw Unexpected();

    public Task<PostResult> PostAsync(PostMessage command, CancellationToken cancellationToken) => throw Unexpected();

    public Task<PostResult> RegenerateAsync(UserId userId, MessageId messageId, string clientKey, CancellationToken cancellationToken) =>
        throw Unexpected();

    public Task<Conversation> UpdateAsync(UserId userId, ConversationChange change, CancellationToken cancellationToken) =>
        throw Unexpected();

    public Task DeleteAsync(UserId userId, CancellationToken cancellationToken) => throw Unexpected();

    public Task MarkReadAsync(UserId userId, long seq, CancellationToken cancellationToken) => throw Unexpected();

    public Task<Reply> CancelReplyAsync(UserId userId, ReplyId replyId, CancellationToken cancellationToken) => throw Unexpected();

    public Task<Reply> GetReplyAsync(UserId userId, ReplyId replyId, CancellationToken cancellationToken) => throw Unexpected();

    public Task<BeginReplyResult> BeginReplyAsync(ReplyId replyId, JobLease lease, int attempt, CancellationToken cancellationToken) =>
        throw Unexpected();

    public ValueTask<AppendReplyResult> AppendReplyAsync(ReplyId replyId, JobLease lease, int textOffset, string text) =>
        throw Unexpected();

    public Task<EndReplyResult> CompleteReplyAsync(CompleteReply command, CancellationToken cancellationToken) => throw Unexpected();

    public Task ReplyRetryingAsync(ReplyId replyId, int nextAttempt, TimeSpan delay) => throw Unexpected();

    public Task ReplyPositionChangedAsync(ReplyId replyId, int position, int? etaSeconds) => throw Unexpected();

    public Task ReplyJobEndedAsync(ReplyId replyId, ReplyStatus status, string code, string text, CancellationToken cancellationToken) =>
        throw Unexpected();

    public Task<bool> ReopenReplyAsync(ReplyId replyId, CancellationToken cancellationToken) => throw Unexpected();

    private static InvalidOperationException Unexpected() => new("A feed calls only AttachAsync and DetachAsync.");
}
