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
    public void Remove_Twice_CountsOnce()
    {
        var reply = ReplyId.New(_time);
        _open.Admit([reply, ReplyId.New(_time)]);

        _open.Remove([reply]);
        _open.Remove([reply]);

        Assert.Equal(1, _open.Count);
    }

    [Fact]
    public void Reconcile_PostIsPending_KeepsTheReply()
    {
        _open.Admit([ReplyId.New(_time)]);

        _open.Reconcile([], []);

        Assert.Equal(1, _open.Count);
    }

    [Fact]
    public void Reconcile_PostNeverArrived_RemovesTheReply()
    {
        _open.Admit([ReplyId.New(_time)]);
        _time.Advance(TimeSpan.FromSeconds(61));

        _open.Reconcile([], []);

        Assert.Equal(0, _open.Count);
    }

    [Fact]
    public void Reconcile_StoredAndEnded_RemovesTheReply()
    {
        var reply = ReplyId.New(_time);
        _open.Admit([reply]);

        _open.Reconcile([], [reply]);

        Assert.Equal(0, _open.Count);
    }

    [Fact]
    public void Reconcile_OpenInTheTable_CountsEachOnce()
    {
        var known = ReplyId.New(_time);
        _open.Admit([known]);
        _time.Advance(TimeSpan.FromHours(1));

        _open.Reconcile([known, ReplyId.New(_time)], []);

        Assert.Equal(2, _open.Count);
        Assert.Equal(TimeSpan.Zero, _open.TimeSinceReconciled);
    }
}
