namespace JubileeVerse.Integration.Tests.Upgrades;

/// <summary>
/// Two versions of one contract in separate processes over TCP. The changes that <c>docs/operations/upgrade.md</c> allows are compatible.
/// </summary>
public sealed class ContractVersionTests : BoundedTests
{
    private const string Moved = "moved conversation:upgrade";
    private const string Known = "ai-response-started,ai-response-delta";

    [Fact]
    public async Task OldGateway_AtANewSilo_SkipsUnknownFrames()
    {
        var (silo, port) = await UpgradeProcess.StartSiloAsync("New", Deadline);
        await using var _ = silo;

        var lines = await UpgradeProcess.RunGatewayAsync("Old", port, Deadline);

        Assert.Equal(["letter: from old, seal none, stamp 0; kind 1", $"batch: new 1; {Moved}; {Known}; unread 1"], lines);
    }

    [Fact]
    public async Task NewGateway_AtAnOldSilo_WorksExceptForNewMembers()
    {
        var (silo, port) = await UpgradeProcess.StartSiloAsync("Old", Deadline);
        await using var _ = silo;

        var lines = await UpgradeProcess.RunGatewayAsync("New", port, Deadline);

        Assert.Equal("letter: from new, kind 1; kind 1; seal none; stamp 0", lines[0]);
        Assert.StartsWith("count: ", lines[1]);
        Assert.DoesNotContain(lines[1], (string[])["count: 1", "count: TimeoutException"]);
        Assert.Equal($"batch: old 1; {Moved}; {Known}; unread 0", lines[2]);
    }

    [Fact]
    public async Task NewGateway_AtANewSilo_ReceivesEverything()
    {
        var (silo, port) = await UpgradeProcess.StartSiloAsync("New", Deadline);
        await using var _ = silo;

        var lines = await UpgradeProcess.RunGatewayAsync("New", port, Deadline);

        Assert.Equal(
            [
                "letter: from new, seal blue, stamp 95; kind 1; seal red; stamp 80",
                "count: 1",
                $"batch: new 1; {Moved}; ai-response-started,ai-response-thought,ai-response-delta; unread 0",
            ],
            lines);
    }
}
