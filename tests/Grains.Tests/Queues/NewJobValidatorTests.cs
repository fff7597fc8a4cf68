using JubileeVerse.Errors;
using JubileeVerse.Queues;
using JubileeVerse.Queues.Configuration;
using JubileeVerse.Queues.Jobs;

namespace JubileeVerse.Grains.Tests.Queues;

public sealed class NewJobValidatorTests
{
    private const long Now = 1_700_000_000_000;

    private readonly NewJobValidator _jobs = Create(new QueueOptions { Priority = 7, Attempts = 4, BackoffMs = 250 });

    public static TheoryData<string, NewJob> InvalidJobs => new()
    {
        { "name", Good with { Name = "" } },
        { "name", Good with { Name = new string('n', 101) } },
        { "payload", Good with { Payload = new string('ä', (Job.MaxPayloadBytes / 2) + 1) } },
        { "id", Good with { Id = new JobId("") } },
        { "id", Good with { Id = new JobId(new string('i', JobId.MaxLength + 1)) } },
        { "id", Good with { Id = new JobId("a/b") } },
        { "id", Good with { Id = new JobId(".") } },
        { "id", Good with { Id = new JobId("..") } },
        { "userId", Good with { UserId = "" } },
        { "orderKey", Good with { OrderKey = new string('o', 201) } },
        { "dedupKey", Good with { DedupKey = "" } },
        { "dedupWindow", Good with { DedupKey = "k", DedupWindow = TimeSpan.FromDays(31) } },
        { "dedupWindow", Good with { DedupKey = "k", DedupWindow = TimeSpan.FromTicks(-1) } },
        { "priority", Good with { Priority = 0 } },
        { "weight", Good with { Weight = 0 } },
        { "cost", Good with { Cost = 0 } },
        { "delay", Good with { Delay = TimeSpan.FromTicks(-1) } },
        { "delay", Good with { Delay = TimeSpan.FromDays(366) } },
        { "attempts", Good with { Attempts = 21 } },
        { "backoffDelay", Good with { BackoffDelay = TimeSpan.FromHours(2) } },
        { "backoff", Good with { Backoff = (BackoffKind)9 } },
        { "jitter", Good with { Jitter = 1.1 } },
        { "jitter", Good with { Jitter = double.NaN } },
        { "timeout", Good with { Timeout = TimeSpan.Zero } },
        { "deadline", Good with { Deadline = TimeSpan.Zero } },
        { "keepCompleted", Good with { KeepCompleted = new KeepRule(-1, TimeSpan.Zero) } },
        { "keepFailed", Good with { KeepFailed = new KeepRule(1, TimeSpan.FromTicks(-1)) } },
    };

    public static TheoryData<string, NewFlow> InvalidFlows => new()
    {
        { "children", new NewFlow(Good, []) },
        { "children", new NewFlow(Good, [.. Enumerable.Repeat(new NewChild(Good), NewFlow.MaxChildren + 1)]) },
        { "children[1].job.name", new NewFlow(Good, [new NewChild(Good), new NewChild(Good with { Name = "" })]) },
        { "children[0].onFailure", new NewFlow(Good, [new NewChild(Good) { OnFailure = (ChildFailure)9 }]) },
        { "parent.cost", new NewFlow(Good with { Cost = 0 }, [new NewChild(Good)]) },
        { "parent.delay", new NewFlow(Good with { Delay = TimeSpan.FromSeconds(1) }, [new NewChild(Good)]) },
    };

    private static NewJob Good { get; } = new("good", "{}");

    [Theory]
    [MemberData(nameof(InvalidJobs))]
    public void Create_InvalidField_IsNamedInTheError(string field, NewJob job)
    {
        var fault = Assert.Throws<JubileeException>(() => _jobs.Create([Good, job], Now));

        Assert.Equal((ErrorCode.InvalidRequest, $"jobs[1].{field}"), (fault.Code, fault.Field));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(IQueueIntakeGrain.MaxJobs + 1)]
    public void Create_NoJobsOrTooMany_IsRefused(int count)
    {
        var fault = Assert.Throws<JubileeException>(() => _jobs.Create([.. Enumerable.Repeat(Good, count)], Now));

        Assert.Equal("jobs", fault.Field);
    }

    [Fact]
    public void Create_JobWithoutSettings_HasTheDefaultsOfTheQueue()
    {
        var job = Assert.Single(_jobs.Create([Good], Now));

        Assert.Equal((7, 4, 250, "test"), (job.Priority, job.Attempts, job.BackoffMs, job.Queue));
        Assert.Equal(((long?)null, (long?)null), (job.ReadyAt, job.Deadline));
    }

    [Fact]
    public void Create_QueueWithDeadline_AppliesItFromReadyAtToJobsWithoutOne()
    {
        var jobs = Create(new QueueOptions { Deadline = TimeSpan.FromSeconds(10) });

        var created = jobs.Create(
            [
                Good,
                Good with { Delay = TimeSpan.FromHours(1) },
                Good with { Deadline = TimeSpan.FromSeconds(2) },
                Good with { Delay = TimeSpan.FromSeconds(1), Deadline = TimeSpan.FromSeconds(2) },
            ],
            Now);
        var flow = jobs.Create(new NewFlow(Good, [new NewChild(Good)]), Now);

        Assert.Equal([Now + 10_000, Now + 3_610_000, Now + 2_000, Now + 2_000], created.Select(job => job.Deadline!.Value));
        Assert.Equal([Now + 10_000, null], flow.Select(job => job.Deadline));
        Assert.Equal(Now + 15_000, jobs.CreateDue(Good, new JobId("due"), Now + 5_000, Now).Deadline);
    }

    [Theory]
    [InlineData("...")]
    [InlineData("a:b|c")]
    [InlineData("a%2Fb")]
    public void Create_IdUsableAsPathSegment_IsAccepted(string id) =>
        Assert.Equal(id, Assert.Single(_jobs.Create([Good with { Id = new JobId(id) }], Now)).Id.Value);

    [Fact]
    public void Create_DelayOfAFractionOfAMillisecond_IsRoundedUp()
    {
        var job = Assert.Single(_jobs.Create([Good with { Delay = TimeSpan.FromTicks(1) }], Now));

        Assert.Equal(Now + 1, job.ReadyAt);
    }

    [Fact]
    public void Create_JobsWithoutId_GetsUuidsOfVersion7FromTheClockAndTheInjectedRandom()
    {
        var ids = _jobs.Create([Good, Good], Now).Select(job => job.Id).ToArray();
        var sameRandom = Create(new QueueOptions()).Create([Good, Good], Now).Select(job => job.Id);

        Assert.Equal(ids, sameRandom);
        Assert.NotEqual(ids[0], ids[1]);
        Assert.All(ids, id => Assert.StartsWith("018bcfe5-6800-7", id.Value, StringComparison.Ordinal));
    }

    [Fact]
    public void Create_SeveralCalls_NumbersTheJobsInOrder()
    {
        long[] numbers =
        [
            .. _jobs.Create([Good, Good], Now).Select(job => job.OrderNumber),
            .. _jobs.Create([Good], Now - 5).Select(job => job.OrderNumber),
        ];

        Assert.Equal(numbers.Distinct().Order(), numbers);
    }

    [Fact]
    public void Create_Flow_NumbersTheParentAfterItsChildren()
    {
        var jobs = _jobs.Create(new NewFlow(Good, [new NewChild(Good) { OnFailure = ChildFailure.Continue }, new NewChild(Good)]), Now);

        Assert.Equal([false, false, true], jobs.Select(job => job.WaitsForChildren));
        Assert.Equal([jobs[2].Id, jobs[2].Id, null], jobs.Select(job => job.ParentId));
        Assert.Equal(ChildFailure.Continue, jobs[0].OnFailure);
        Assert.Equal(jobs.Select(job => job.OrderNumber).Order(), jobs.Select(job => job.OrderNumber));
    }

    [Theory]
    [MemberData(nameof(InvalidFlows))]
    public void Create_InvalidFlow_NamesTheFieldInTheError(string field, NewFlow flow)
    {
        var fault = Assert.Throws<JubileeException>(() => _jobs.Create(flow, Now));

        Assert.Equal((ErrorCode.InvalidRequest, field), (fault.Code, fault.Field));
    }

    private static NewJobValidator Create(QueueOptions options) => new("test", () => options, new Random(Seed: 1));
}
