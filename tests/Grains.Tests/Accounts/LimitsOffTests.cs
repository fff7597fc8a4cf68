using JubileeVerse.Replies;

namespace JubileeVerse.Grains.Tests.Accounts;

public sealed class LimitsOffTests(UnlimitedAccountCluster cluster) : IClassFixture<UnlimitedAccountCluster>
{
    [Fact]
    public async Task AdmitAsync_LimitsOff_AdmitsAnyNumberWithThePlansPriority()
    {
        var grain = cluster.Account(await cluster.CreateGuestAsync());

        for (var i = 0; i < 50; i++)
        {
            var admission = await grain.AdmitAsync([ReplyId.New(cluster.Time)], TestContext.Current.CancellationToken);
            Assert.Equal((null, 5, 1), (admission.Refusal, admission.Priority, admission.Weight));
        }
    }
}
