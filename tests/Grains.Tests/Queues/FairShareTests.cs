namespace JubileeVerse.Queues;

public sealed class FairShareTests
{
    private readonly FairShare _users = new();

    [Fact]
    public void Open_SameUser_SharesOneCount()
    {
        var first = _users.Open(CompactId.Of("ada"));
        var second = _users.Open(CompactId.Of("ada"));

        Assert.Same(first, second);
        Assert.Equal(2, first.OpenJobs);
    }

    [Fact]
    public void Open_NoUser_SharesOneCountOfItsOwn()
    {
        var nobody = _users.Open(default);
        _users.Open(CompactId.Of("ada"));

        Assert.Same(nobody, _users.Open(CompactId.Of((string?)null)));
        Assert.Equal(2, nobody.OpenJobs);
    }

    [Fact]
    public void Close_LastJob_ForgetsTheUser()
    {
        var share = _users.Open(CompactId.Of("ada"));
        _users.Open(CompactId.Of("ada"));
        _users.Close(share);
        Assert.Equal(1, _users.Users);

        _users.Close(share);

        Assert.Equal(0, _users.Users);
        Assert.Equal(1, _users.Open(CompactId.Of("ada")).OpenJobs);
    }
}
