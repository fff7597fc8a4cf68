using JubileeVerse.Accounts;
using JubileeVerse.Replies;
using Microsoft.Extensions.Time.Testing;

namespace JubileeVerse.Grains.Tests.Accounts;

public sealed class OpenRepliesTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly OpenReplies _open;

    public OpenRepliesTests() => _open = new OpenReplies(_time);

    [Fact]
    public void Ended_Twice_CountsOnce()
    {
        var reply = ReplyId.New(_time);
        _open.Admit([reply, ReplyId.New(_time)]);

        _open.Ended([reply]);
        _open.Ended([reply]);

        Assert.Equal(1, _open.Count);
    }

    [Fact]
    public void Looked_PostStillOnItsWay_KeepsTheReply()
    {
        _open.Admit([ReplyId.New(_time)]);

        _open.Looked([], []);

        Assert.Equal(1, _open.Count);
    }

    [Fact]
    public void Looked_PostThatNeverArrived_LetsTheReplyGo()
    {
        _open.Admit([ReplyId.New(_time)]);
        _time.Advance(TimeSpan.FromSeconds(61));

        _open.Looked([], []);

        Assert.Equal(0, _open.Count);
    }

    [Fact]
    public void Looked_StoredAndEnded_LetsTheReplyGo()
    {
        var reply = ReplyId.New(_time);
        _open.Admit([reply]);

        _open.Looked([], [reply]);

        Assert.Equal(0, _open.Count);
    }

    [Fact]
    public void Looked_OpenInTheTable_CountsEachOnce()
    {
        var known = ReplyId.New(_time);
        _open.Admit([known]);
        _time.Advance(TimeSpan.FromHours(1));

        _open.Looked([known, ReplyId.New(_time)], []);

        Assert.Equal(2, _open.Count);
        Assert.Equal(TimeSpan.Zero, _open.SinceLook);
    }
}
