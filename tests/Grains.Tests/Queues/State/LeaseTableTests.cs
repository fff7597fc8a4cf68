using JubileeVerse.Queues;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.State.Jobs;
using JubileeVerse.Queues.State.Leases;

namespace JubileeVerse.Grains.Tests.Queues.State;

public sealed class LeaseTableTests
{
    private const long LeaseMs = 30_000;
    private static readonly CompactId Id = CompactId.From("a");
    private static readonly JobLease First = new(1, 1);
    private static readonly HeldLease Held = new(new JobId("a"), First);

    private readonly LeaseTable _leases = new(LeaseMs);

    [Fact]
    public void Renew_MissingFromTwoLists_RevokesTheLease()
    {
        _leases.Grant(Id, First, "w", pollNumber: 7, nowMs: 0);

        Assert.Empty(_leases.Renew("w", 7, [], 1));
        Assert.Empty(_leases.Renew("w", 8, [], 2));
        Assert.Equal([First], _leases.Renew("w", 9, [], 3).Select(lease => lease.Number));
    }

    [Fact]
    public void Renew_ListedOnceThenMissing_RevokesTheLeaseAfterTwoMoreLists()
    {
        _leases.Grant(Id, First, "w", 7, 0);
        _leases.Renew("w", 8, [Held], 1);

        Assert.Empty(_leases.Renew("w", 9, [], 2));
        Assert.Single(_leases.Renew("w", 10, [], 3));
    }

    [Fact]
    public void Renew_OlderListAfterANewerOne_RevokesNothing()
    {
        _leases.Grant(Id, First, "w", 7, 0);
        _leases.Renew("w", 10, [Held], 1);

        Assert.Empty(_leases.Renew("w", 9, [], 2));
    }

    [Fact]
    public void Renew_RestoredLease_IsRevokedAfterTwoListsToo()
    {
        _leases.Restore(Id, First, "w", 0);

        Assert.Empty(_leases.Renew("w", 5_000, [], 1));
        Assert.Single(_leases.Renew("w", 5_001, [], 2));
    }

    [Fact]
    public void Expired_LeaseNotRenewed_IsReturnedAfterItsDuration()
    {
        _leases.Grant(Id, First, "w", 7, 0);
        _leases.Renew("w", 8, [Held], 10_000);

        Assert.Empty(_leases.Expired(39_999));
        Assert.Single(_leases.Expired(40_000));
    }

    [Fact]
    public void Renew_ListOfAnotherWorkerOrLease_DoesNotExtendTheLease()
    {
        _leases.Grant(Id, First, "w", 7, 0);
        _leases.Renew("x", 8, [Held], 10_000);
        _leases.Renew("w", 8, [new(new JobId("a"), new JobLease(1, 2))], 10_000);

        Assert.Single(_leases.Expired(30_000));
    }

    [Fact]
    public void Release_NotTheCurrentLease_IsRefused()
    {
        _leases.Grant(Id, First, "w", 7, 0);

        Assert.False(_leases.Release(Id, new JobLease(1, 2)));
        Assert.True(_leases.Release(Id, First));
        Assert.False(_leases.Release(Id, First));
        Assert.Equal((0, 0), (_leases.Count, _leases.CountOf("w")));
    }

    [Fact]
    public void Adopt_HigherLeaseOfAnotherWorker_ReplacesItAndKeepsTheStopRequest()
    {
        _leases.Restore(Id, First, "w", 0);
        _leases.Find(Id)!.Stop = StopRequest.Cancel;

        _leases.Adopt(Id, new JobLease(1, 2), "x", 3, 1);

        Assert.Equal("x", _leases.Find(Id)!.Worker);
        Assert.True(_leases.Find(Id)!.CancelRequested);
        Assert.Equal((0, 1), (_leases.CountOf("w"), _leases.CountOf("x")));
    }

    [Fact]
    public void OfWorker_SeveralLeases_ReturnsThemInGrantOrder()
    {
        for (var n = 5; n >= 1; n--) _leases.Grant(CompactId.From($"job-{n}"), new JobLease(1, n), n % 2 == 0 ? "even" : "odd", 1, 0);

        Assert.Equal([1, 3, 5], _leases.OfWorker("odd").Select(lease => lease.Number.Number));
        Assert.Empty(_leases.OfWorker("none"));
    }

    [Fact]
    public void RenewAll_EveryLease_GetsItsFullDurationAgain()
    {
        _leases.Grant(Id, First, "w", 7, 0);
        _leases.RenewAll(29_000);

        Assert.Empty(_leases.Expired(58_999));
        Assert.Single(_leases.Expired(59_000));
    }
}
