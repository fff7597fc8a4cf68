using JubileeVerse.Queues.State;

namespace JubileeVerse.Queues;

public sealed class FairShareTests
{
    private readonly FairShare _users = new();

    [Fact]
    public void Open_SameUser_SharesOneCount()
    {
        var first = _users.Open(CompactId.Of("ada"), 1);
        var second = _users.Open(CompactId.Of("ada"), 4);

        Assert.Same(first, second);
        Assert.Equal(5, first.OpenCost);
    }

    [Fact]
    public void Open_NoUser_SharesOneCountOfItsOwn()
    {
        var nobody = _users.Open(default, 1);
        _users.Open(CompactId.Of("ada"), 1);

        Assert.Same(nobody, _users.Open(CompactId.Of((string?)null), 1));
        Assert.Equal(2, nobody.OpenCost);
    }

    [Fact]
    public void Close_LastJob_ForgetsTheUser()
    {
        var share = _users.Open(CompactId.Of("ada"), 1);
        _users.Open(CompactId.Of("ada"), 1);
        _users.Close(share, 1);
        Assert.Equal(1, _users.Users);

        _users.Close(share, 1);

        Assert.Equal(0, _users.Users);
        Assert.Equal(1, _users.Open(CompactId.Of("ada"), 1).OpenCost);
    }
}
