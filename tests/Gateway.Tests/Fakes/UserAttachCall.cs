using System.Collections.Immutable;
using JubileeVerse.Realtime;

namespace JubileeVerse.Gateway.Tests.Fakes;

/// <summary>An attach call of a gateway that lists a user's connections and waits for its result.</summary>
internal sealed class UserAttachCall(GatewaySubscription subscription, ImmutableArray<UserConnection> connections)
{
    private readonly TaskCompletionSource<ChannelAttachment> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public GatewaySubscription Subscription => subscription;

    public IEnumerable<string> ConnectionIds => connections.Select(connection => connection.Id);

    public Task<ChannelAttachment> Result => _result.Task;

    public void Complete() => _result.SetResult(new ChannelAttachment("silo-1", "e", 0, []));

    public void Fail() => _result.SetException(new TimeoutException("no silo"));
}
