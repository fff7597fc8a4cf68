using JubileeVerse.Rules;

namespace JubileeVerse.Architecture.Tests.Documents;

public sealed class ProtocolDocumentTests
{
    private static readonly string Document = Repository.Read("docs/protocol.md");

    [Fact]
    public void Document_ListsEachCloseCodeWithItsReason()
    {
        var rows = Document.Split('\n').Where(line => line.StartsWith("| 4", StringComparison.Ordinal)).Select(FirstTwoCells);

        Assert.Equal(CloseCodes.All.Select(code => $"| {code.Number} | `{code.Reason}` |"), rows);
    }

    [Fact]
    public void Document_ListsEachFrame() => Assert.All(
        PageContract.FrameTypes,
        type => Assert.Matches($@"(?m)^\| (?:`[a-z-]+`(?: ●)?, )*`{type}`(?: ●)?(?:, `[a-z-]+`(?: ●)?)* \|", Document));

    private static string FirstTwoCells(string row) => row[..(row.IndexOf('|', row.IndexOf('|', 1) + 1) + 1)];
}
