using JubileeVerse.Gateway.Realtime.Feeds;
using Microsoft.Extensions.Time.Testing;

namespace JubileeVerse.Gateway.Tests.Realtime.Feeds;

public sealed class FeedAttachmentTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly FeedAttachment _attachment;

    public FeedAttachmentTests() => _attachment = new FeedAttachment(_time);

    [Fact]
    public void TryBegin_WhileAttaching_ReturnsNullAndSharesTheResult()
    {
        var ready = _attachment.Ready;
        Assert.NotNull(_attachment.TryBegin());

        Assert.Null(_attachment.TryBegin());
        Assert.Same(ready, _attachment.Ready);
        Attach();
        Assert.True(ready.IsCompletedSuccessfully);
        Assert.True(_attachment.IsReady);
    }

    [Fact]
    public void HoldAndRequest_DirectlyAfterAnAttachment_IsDueLater()
    {
        Begin();
        Attach();

        Assert.False(_attachment.HoldAndRequest());
        Assert.Equal((true, false), (_attachment.IsHolding, _attachment.IsRequestDue));
        _time.Advance(FeedAttachment.MinTimeBetweenAttachments);
        Assert.True(_attachment.IsRequestDue);
        Assert.True(_attachment.IsCheckDue(isQuiet: false, new DeliveryOptions()));
    }

    [Fact]
    public void OnFramesLost_OfTheOwnersSiloOnly_IsDue()
    {
        Begin();
        Attach("silo-1");
        _time.Advance(FeedAttachment.MinTimeBetweenAttachments);

        Assert.False(_attachment.OnFramesLost("silo-2"));
        Assert.True(_attachment.IsReady);
        Assert.True(_attachment.OnFramesLost("silo-1"));
        Assert.False(_attachment.IsReady);
    }

    [Fact]
    public void OnFramesLost_WhileTheSiloIsUnknown_IsDueAfterTheAttachment()
    {
        Begin();
        Assert.False(_attachment.OnFramesLost("silo-2"));
        Attach("silo-1");
        _time.Advance(FeedAttachment.MinTimeBetweenAttachments);

        Assert.True(_attachment.IsRequestDue);
    }

    [Fact]
    public void OnOwnerMoved_AttemptHangs_IsAbandoned()
    {
        var ready = _attachment.Ready;
        var first = Begin();
        Assert.False(_attachment.OnOwnerMoved());
        _time.Advance(FeedAttachment.MinTimeBetweenAttachments);

        Assert.True(_attachment.OnOwnerMoved());
        var second = Begin();

        Assert.Equal((false, true), (_attachment.IsCurrent(first), _attachment.IsCurrent(second)));
        Attach();
        Assert.True(ready.IsCompletedSuccessfully);
    }

    [Theory]
    [InlineData(false, 30)]
    [InlineData(true, 5)]
    public void IsCheckDue_Attached_IsDueAfterThePeriod(bool isQuiet, int seconds)
    {
        Begin();
        Attach();
        _time.Advance(TimeSpan.FromSeconds(seconds - 1));
        Assert.False(_attachment.IsCheckDue(isQuiet, new DeliveryOptions()));

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(_attachment.IsCheckDue(isQuiet, new DeliveryOptions()));
    }

    [Fact]
    public async Task Fail_ThenANewAttempt_HasAResultOfItsOwn()
    {
        var first = _attachment.Ready;
        Begin();
        _attachment.Fail(new TimeoutException("no silo"));

        await Assert.ThrowsAsync<TimeoutException>(() => first);
        Assert.True(_attachment.HasFailed);
        var second = _attachment.Ready;
        Begin();
        Attach();
        Assert.True(second.IsCompletedSuccessfully);
        Assert.False(_attachment.HasFailed);
    }

    private long Begin() => Assert.NotNull(_attachment.TryBegin());

    private void Attach(string silo = "silo-1")
    {
        _attachment.Attach(silo);
        _attachment.Complete();
    }
}
