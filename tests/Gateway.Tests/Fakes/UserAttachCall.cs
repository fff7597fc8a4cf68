using System.Collections.Immutable;
using JubileeVerse.Realtime;

namespace JubileeVerse.Gateway.Tests.Fakes;

/// <summary>A gateway that said a person's links and waits for the answer.</summary>
internal sealed class UserAttachCall(GatewaySubscription subscription, ImmutableArray<UserLink> links)
{
    private readonly TaskCompletionSource<ChannelAttachment> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public GatewaySubscription Subscription => subscription;

    public IEnumerable<string> Links => links.Select(link => link.Id);

    public Task<ChannelAttachment> Answered => _answer.Task;

    public void Answer() => _answer.SetResult(new ChannelAttachment("silo-1", "e", 0, []));

    public void Fail() => _answer.SetException(new TimeoutException("no silo"));
}
