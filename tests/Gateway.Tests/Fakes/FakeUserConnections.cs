using System.Collections.Immutable;
using System.Threading.Channels;
using JubileeVerse.Conversations;
using JubileeVerse.Realtime;

namespace JubileeVerse.Gateway.Tests.Fakes;

/// <summary>A person's grain of which a test answers each attachment by hand.</summary>
internal sealed class FakeUserConnections : IUserConnectionGrain
{
    private readonly Channel<UserAttachCall> _attachments = Channel.CreateUnbounded<UserAttachCall>();

    public int AttachCount { get; private set; }

    public ValueTask<UserAttachCall> NextAttachAsync() => _attachments.Reader.ReadAsync(TestContext.Current.CancellationToken);

    public Task<ChannelAttachment> AttachAsync(GatewaySubscription gateway, ImmutableArray<UserLink> links)
    {
        var call = new UserAttachCall(gateway, links);
        AttachCount++;
        _attachments.Writer.TryWrite(call);
        return call.Answered;
    }

    public Task DetachAsync(GatewayId gateway, long generation) => Task.CompletedTask;

    public Task GatewayLostAsync(GatewayId gateway) => throw Unexpected();

    public Task<UserPresence> GetAsync(CancellationToken cancellationToken) => throw Unexpected();

    public Task<int> NotifyAsync(Notice notice, CancellationToken cancellationToken) => throw Unexpected();

    public Task ConversationChangedAsync(Conversation conversation, bool deleted, CancellationToken cancellationToken) => throw Unexpected();

    public Task ReadAsync(ConversationId conversation, long seq, CancellationToken cancellationToken) => throw Unexpected();

    public Task<int> CloseAsync(int code, string? session, CancellationToken cancellationToken) => throw Unexpected();

    private static InvalidOperationException Unexpected() => new("A feed only attaches and detaches.");
}
