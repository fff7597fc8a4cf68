using JubileeVerse.Gateway.Realtime.Replies;
using JubileeVerse.Gateway.Tests.Realtime.Feeds;

namespace JubileeVerse.Gateway.Tests.Realtime.Replies;

/// <summary>An attempt fails and another follows: which readers get the retrying event.</summary>
public sealed class ReplyRetryTests
{
    private readonly LiveReply _reply = new(Frames.Channel, Frames.Id, 0);
    private readonly ReplyReader _reader = new(null);

    public ReplyRetryTests()
    {
        _reply.Start(7, 1);
        _reply.Append(Frames.Delta(7, 0, "Hel"));
        Types(_reader);
    }

    [Fact]
    public void Read_RetryPending_ReturnsRetryingOnce()
    {
        _reply.Retry(Frames.Retrying());
        _reply.Retry(Frames.Retrying());

        Assert.Equal(["ai-response-retrying"], Types(_reader));
        Assert.Empty(Types(_reader));
    }

    [Fact]
    public void Read_NewReaderWhileRetryPending_ReturnsTheFailedTextThenRetrying()
    {
        _reply.Retry(Frames.Retrying());

        Assert.Equal(["snapshot", "ai-response-retrying"], Types(new ReplyReader(null)));
    }

    [Fact]
    public void Read_ResumeWhileRetryPending_ReturnsTheRestOfTheFailedTextThenRetrying()
    {
        _reply.Retry(Frames.Retrying());

        Assert.Equal(["ai-response-delta", "ai-response-retrying"], Types(new ReplyReader(new ReplyCursor(7, 1, HasEnded: false))));
    }

    [Fact]
    public void Read_NextAttemptStarted_OmitsRetrying()
    {
        _reply.Retry(Frames.Retrying());
        _reply.Start(8, 2);

        Assert.Equal(["ai-response-started"], Types(_reader));
        Assert.Equal(["snapshot"], Types(new ReplyReader(null)));
    }

    [Fact]
    public void Read_NextAttemptKnownBySnapshotOnly_OmitsRetrying()
    {
        _reply.Retry(Frames.Retrying());
        _reply.Merge(Frames.Snapshot(8, "Anew"));

        Assert.Equal(["snapshot"], Types(new ReplyReader(null)));
    }

    [Fact]
    public void Read_SecondRetryPending_ReturnsRetryingAgain()
    {
        _reply.Retry(Frames.Retrying(2));
        Types(_reader);
        _reply.Start(8, 2);
        _reply.Retry(Frames.Retrying(3));

        Assert.Equal(["ai-response-started", "ai-response-retrying"], Types(_reader));
    }

    [Fact]
    public void Retry_AfterItsAttemptStarted_IsIgnored()
    {
        _reply.Start(8, 2);
        _reply.Retry(Frames.Retrying(2));

        Assert.Equal(["ai-response-started"], Types(_reader));
    }

    private string[] Types(ReplyReader reader) => [.. _reply.Read(reader).Events.Select(Frames.Type)];
}
