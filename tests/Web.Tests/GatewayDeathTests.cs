using JubileeVerse.Testing.Processes;

namespace JubileeVerse.Web.Tests;

/// <summary>A gateway dies under a page, in a real cluster, and another is started in its place.</summary>
public sealed class GatewayDeathTests(Chromium chromium, WebSite site) : WebTests(chromium, site)
{
    /// <summary>Slow enough that an answer lasts longer than the gateway is away.</summary>
    private static readonly Dictionary<string, string> Settings = new(StringComparer.Ordinal)
    {
        ["Limits:Enabled"] = "false",
        ["Ai:Builtin:PieceDelayMs"] = "150",
    };

    [Fact]
    public async Task Kill_InMidAnswer_BothPagesShowEverythingOnce()
    {
        Assert.SkipWhen(ClusterScript.Missing is not null, ClusterScript.Missing ?? "");
        await using var cluster = await ClusterSite.StartAsync(silos: 1, gateways: 2, Settings, TestContext.Current.CancellationToken);
        var (dies, lives) = (cluster.Gateways[0], cluster.Gateways[1]);
        var visitor = await VisitAsync(address: dies.Address);
        visitor.MayLoseTheServer = true;
        await visitor.ChooseAsync("melody");
        await visitor.SayAsync("Which song carries one through the night?");
        await visitor.UntilSpokenToAsync();
        var other = await OpenAlsoAsync(visitor, lives.Address);
        await other.UntilSpokenToAsync();
        await visitor.Page.EvaluateAsync("document.body.dataset.page = 'the same'");

        await cluster.SignalAsync(dies, ClusterSignal.Kill, TestContext.Current.CancellationToken);
        await other.SayAsync("And which one through the day?");
        await Expect(other.Questions).ToHaveCountAsync(2);
        var again = await cluster.StartOneAsync(ClusterMemberKind.Gateway, TestContext.Current.CancellationToken);

        Assert.Equal(dies.Address, again.Address);
        await Expect(visitor.Questions).ToHaveCountAsync(2);
        await Expect(visitor.Answers).ToHaveCountAsync(2);
        await visitor.UntilAnsweredAsync();
        await other.UntilAnsweredAsync();
        await visitor.AnswersShouldBeAsStoredAsync();
        await other.AnswersShouldBeAsStoredAsync();
        // The cluster stops before the pages are closed.
        other.MayLoseTheServer = true;
        Assert.Equal("the same", await visitor.Page.EvaluateAsync<string>("document.body.dataset.page"));
    }
}
