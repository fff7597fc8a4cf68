using JubileeVerse.Queues.State.Jobs;
using JubileeVerse.Queues.State.Ranks;

namespace JubileeVerse.Grains.Tests.Queues.State;

public sealed class FairShareTests
{
    private readonly FairShare _users = new();

    [Fact]
    public void Open_SameUser_SharesOneCount()
    {
        var first = _users.Open(CompactId.From("ada"), 1);
        var second = _users.Open(CompactId.From("ada"), 4);

        Assert.Same(first, second);
        Assert.Equal(5, first.OpenCost);
    }

    [Fact]
    public void Open_NoUser_SharesOneSeparateCount()
    {
        var withoutUser = _users.Open(default, 1);
        _users.Open(CompactId.From("ada"), 1);

        Assert.Same(withoutUser, _users.Open(CompactId.From((string?)null), 1));
        Assert.Equal(2, withoutUser.OpenCost);
    }

    [Fact]
    public void Close_LastJob_RemovesTheUser()
    {
        var share = _users.Open(CompactId.From("ada"), 1);
        _users.Open(CompactId.From("ada"), 1);
        _users.Close(share, 1);
        Assert.Equal(1, _users.Users);

        _users.Close(share, 1);

        Assert.Equal(0, _users.Users);
        Assert.Equal(1, _users.Open(CompactId.From("ada"), 1).OpenCost);
    }
}
