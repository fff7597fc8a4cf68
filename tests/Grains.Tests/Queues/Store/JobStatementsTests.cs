using JubileeVerse.Errors;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.Store.Statements;

namespace JubileeVerse.Grains.Tests.Queues.Store;

public sealed class JobStatementsTests
{
    private static readonly Job Fitting = new(new JobId("a"), "q", "n", null, null, 0, 5, 1, "{}", 3, 1000, 0, null);

    [Fact]
    public void Insert_PayloadOverTheByteLimit_IsRefusedWithTheFieldName()
    {
        var payload = new string('\u00e9', (Job.MaxPayloadBytes / 2) + 1);

        var exception = Assert.Throws<JubileeException>(() => JobStatements.Insert(Fitting with { Payload = payload }));

        Assert.Equal("payload", exception.Field);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(JobId.MaxLength + 1)]
    public void Insert_IdOutsideTheLimits_IsRefusedWithTheFieldName(int length)
    {
        var exception = Assert.Throws<JubileeException>(
            () => JobStatements.Insert(Fitting with { Id = new JobId(new string('x', length)) }));

        Assert.Equal("id", exception.Field);
    }

    [Fact]
    public void Insert_JobAtTheLimits_IsWritten() => Assert.NotEmpty(
        JobStatements.Insert(
            Fitting with { Id = new JobId(new string('x', JobId.MaxLength)), Payload = new string('x', Job.MaxPayloadBytes) }).Sql);
}
