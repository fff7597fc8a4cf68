using JubileeVerse.Realtime;

namespace JubileeVerse.Gateway.Tests.Fakes;

/// <summary>A gateway that asked to be attached and waits for the answer.</summary>
internal sealed class AttachCall(GatewaySubscription subscription)
{
    private readonly TaskCompletionSource<ChannelAttachment> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public GatewaySubscription Subscription => subscription;

    public Task<ChannelAttachment> Answered => _answer.Task;

    public void Answer(long offset = 0, string silo = "silo-1", string epoch = "e", params ReplySnapshot[] replies) =>
        _answer.SetResult(new ChannelAttachment(silo, epoch, offset, [.. replies]));

    public void Fail(Exception exception) => _answer.SetException(exception);
}
