using JubileeVerse.Queues.State.Jobs;

namespace JubileeVerse.Grains.Tests.Queues.State;

public sealed class OpenJobTests
{
    private const string Uuid = "01890a5d-ac96-774b-bcce-b302099a8057";

    [Theory]
    [InlineData(Uuid, Uuid)]
    [InlineData(Uuid, null)]
    [InlineData(Uuid, "mail")]
    [InlineData("mail-17", Uuid)]
    [InlineData("mail-17", null)]
    public void Id_AnyFormat_EqualsTheIdOfTheRow(string id, string? orderKey)
    {
        var job = TestJobs.Open(id, orderKey: orderKey);

        Assert.Equal((CompactId.From(id), CompactId.From(orderKey)), (job.Id, job.OrderKey));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(1_000L)]
    [InlineData(1_001L)]
    [InlineData(1_000L + uint.MaxValue - 1)]
    [InlineData(1_000L + uint.MaxValue)]
    [InlineData(1_000L + uint.MaxValue + 1)]
    [InlineData(999L)]
    [InlineData(-5L)]
    [InlineData(long.MaxValue - 1)]
    public void Deadline_AnyInstant_EqualsTheDeadlineOfTheRow(long? deadline) =>
        Assert.Equal(deadline ?? long.MaxValue, TestJobs.Open(Uuid, acceptedAt: 1_000, deadline: deadline).Deadline);

    [Fact]
    public void Counts_SetOnAJobThatNeverRan_AreKept()
    {
        var job = TestJobs.Open(Uuid);
        Assert.Equal((0L, 0, 0, 0), (job.LastRun, job.StartedCount, job.AttemptsMade, job.StalledCount));

        job.StartedCount++;
        job.LastRun = 7;
        job.AttemptsMade = 3;
        job.StalledCount = 2;

        Assert.Equal((7L, 1, 3, 2), (job.LastRun, job.StartedCount, job.AttemptsMade, job.StalledCount));
    }
}
