using JubileeVerse.Realtime;
using JubileeVerse.Realtime.Frames;

namespace JubileeVerse.Gateway.Tests.Fakes;

/// <summary>An attach call of a gateway that waits for its result.</summary>
internal sealed class AttachCall(GatewaySubscription subscription)
{
    private readonly TaskCompletionSource<ChannelAttachment> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public GatewaySubscription Subscription => subscription;

    public Task<ChannelAttachment> Result => _result.Task;

    public void Complete(long offset = 0, string silo = "silo-1", string epoch = "e", params ReplySnapshot[] replies) =>
        _result.SetResult(new ChannelAttachment(silo, epoch, offset, [.. replies]));

    public void Fail(Exception exception) => _result.SetException(exception);
}
