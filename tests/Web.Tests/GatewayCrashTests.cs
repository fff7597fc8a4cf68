using JubileeVerse.Testing.Processes;

namespace JubileeVerse.Web.Tests;

/// <summary>A gateway of a real cluster is killed while a page is connected to it, and then started again.</summary>
public sealed class GatewayCrashTests(Chromium chromium, WebSite site) : WebTests(chromium, site)
{
    /// <summary>A reply takes longer than the restart of the gateway.</summary>
    private static readonly Dictionary<string, string> Settings = new(StringComparer.Ordinal)
    {
        ["Limits:Enabled"] = "false",
        ["Ai:Builtin:PieceDelayMs"] = "150",
    };

    [Fact]
    public async Task Kill_DuringAReply_BothPagesShowEachMessageOnce()
    {
        Assert.SkipWhen(ClusterScript.Missing is not null, ClusterScript.Missing ?? "");
        await using var cluster = await ClusterSite.StartAsync(silos: 1, gateways: 2, Settings, TestContext.Current.CancellationToken);
        var (killed, survivor) = (cluster.Gateways[0], cluster.Gateways[1]);
        var visitor = await VisitAsync(address: killed.Address);
        visitor.IgnoreNetworkErrors = true;
        await visitor.ChoosePersonaAsync("melody");
        await visitor.SendAsync("Which song carries one through the night?");
        await visitor.WaitForReplyTextAsync();
        var other = await OpenAnotherTabAsync(visitor, survivor.Address);
        await other.WaitForReplyTextAsync();
        await visitor.Page.EvaluateAsync("document.body.dataset.page = 'the same'");

        await cluster.SignalAsync(killed, ClusterSignal.Kill, TestContext.Current.CancellationToken);
        await other.SendAsync("And which one through the day?");
        await Expect(other.UserMessages).ToHaveCountAsync(2);
        var restarted = await cluster.StartOneAsync(ClusterMemberKind.Gateway, TestContext.Current.CancellationToken);

        Assert.Equal(killed.Address, restarted.Address);
        await Expect(visitor.UserMessages).ToHaveCountAsync(2);
        await Expect(visitor.Replies).ToHaveCountAsync(2);
        await visitor.WaitForReplyStatusAsync();
        await other.WaitForReplyStatusAsync();
        await visitor.AssertRepliesMatchStoredAsync();
        await other.AssertRepliesMatchStoredAsync();
        // The cluster stops before the pages are closed, so the other page loses its server as well.
        other.IgnoreNetworkErrors = true;
        Assert.Equal("the same", await visitor.Page.EvaluateAsync<string>("document.body.dataset.page"));
    }
}
