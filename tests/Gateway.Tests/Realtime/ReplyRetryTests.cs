using JubileeVerse.Gateway.Realtime;

namespace JubileeVerse.Gateway.Tests.Realtime;

/// <summary>An attempt fails and another follows: what is told of the pause, and to whom.</summary>
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
    public void Read_InThePause_IsToldOnce()
    {
        _reply.Retry(Frames.Retrying());
        _reply.Retry(Frames.Retrying());

        Assert.Equal(["ai-response-retrying"], Types(_reader));
        Assert.Empty(Types(_reader));
    }

    [Fact]
    public void Read_ComingInThePause_IsTheFailedTextAndThenThePause()
    {
        _reply.Retry(Frames.Retrying());

        Assert.Equal(["snapshot", "ai-response-retrying"], Types(new ReplyReader(null)));
    }

    [Fact]
    public void Read_ComingBackInThePause_IsTheRestOfTheFailedTextAndThenThePause()
    {
        _reply.Retry(Frames.Retrying());

        Assert.Equal(["ai-response-delta", "ai-response-retrying"], Types(new ReplyReader(new ReplyCursor(7, 1, HasEnded: false))));
    }

    [Fact]
    public void Read_WhenTheNextAttemptHasBegun_NobodyIsToldOfThePause()
    {
        _reply.Retry(Frames.Retrying());
        _reply.Start(8, 2);

        Assert.Equal(["ai-response-started"], Types(_reader));
        Assert.Equal(["snapshot"], Types(new ReplyReader(null)));
    }

    [Fact]
    public void Read_WhenTheNextAttemptIsKnownByItsTextAlone_NobodyIsToldOfThePause()
    {
        _reply.Retry(Frames.Retrying());
        _reply.Merge(Frames.Snapshot(8, "Anew"));

        Assert.Equal(["snapshot"], Types(new ReplyReader(null)));
    }

    [Fact]
    public void Read_OfTheSecondPause_IsToldAgain()
    {
        _reply.Retry(Frames.Retrying(2));
        Types(_reader);
        _reply.Start(8, 2);
        _reply.Retry(Frames.Retrying(3));

        Assert.Equal(["ai-response-started", "ai-response-retrying"], Types(_reader));
    }

    [Fact]
    public void Retry_ThatComesAfterItsAttemptHasBegun_ChangesNothing()
    {
        _reply.Start(8, 2);
        _reply.Retry(Frames.Retrying(2));

        Assert.Equal(["ai-response-started"], Types(_reader));
    }

    private string[] Types(ReplyReader reader) => [.. _reply.Read(reader).Events.Select(Frames.Type)];
}
