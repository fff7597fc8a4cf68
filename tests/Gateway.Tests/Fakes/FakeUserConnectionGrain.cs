using System.Collections.Immutable;
using System.Threading.Channels;
using JubileeVerse.Conversations;
using JubileeVerse.Realtime;
using JubileeVerse.Realtime.Frames;

namespace JubileeVerse.Gateway.Tests.Fakes;

/// <summary>A user's connection grain; the test completes each attach call itself.</summary>
internal sealed class FakeUserConnectionGrain : IUserConnectionGrain
{
    private readonly Channel<UserAttachCall> _attachments = Channel.CreateUnbounded<UserAttachCall>();

    public int AttachCount { get; private set; }

    public ValueTask<UserAttachCall> NextAttachAsync() => _attachments.Reader.ReadAsync(TestContext.Current.CancellationToken);

    public Task<ChannelAttachment> AttachAsync(GatewaySubscription gateway, ImmutableArray<UserConnection> connections)
    {
        var call = new UserAttachCall(gateway, connections);
        AttachCount++;
        _attachments.Writer.TryWrite(call);
        return call.Result;
    }

    public Task DetachAsync(GatewayId gateway, long generation) => Task.CompletedTask;

    public Task RemoveGatewayAsync(GatewayId gateway) => throw Unexpected();

    public Task<UserPresence> GetAsync(CancellationToken cancellationToken) => throw Unexpected();

    public Task<int> NotifyAsync(Notice notice, CancellationToken cancellationToken) => throw Unexpected();

    public Task ConversationChangedAsync(Conversation conversation, bool deleted, CancellationToken cancellationToken) =>
        throw Unexpected();

    public Task ReadMarkedAsync(ConversationId conversation, long seq, CancellationToken cancellationToken) => throw Unexpected();

    public Task<int> CloseAsync(int code, string? session, CancellationToken cancellationToken) => throw Unexpected();

    private static InvalidOperationException Unexpected() => new("A feed calls only AttachAsync and DetachAsync.");
}
