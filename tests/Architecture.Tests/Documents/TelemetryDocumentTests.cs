using System.Text.RegularExpressions;

namespace JubileeVerse.Architecture.Tests.Documents;

public sealed partial class TelemetryDocumentTests
{
    [Fact]
    public void Document_ListsExactlyTheMetricsOfTheCode()
    {
        var created = Repository.Sources("src")
            .SelectMany(source => Instrument().Matches(source.Text))
            .Select(match => match.Groups["name"].Value);
        var listed = Row().Matches(Repository.Read("docs/telemetry.md")).Select(match => match.Groups["name"].Value);

        Assert.Equal(created.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    [GeneratedRegex("""\.Create\w+(<\w+>)?\(\s*"(?<name>jubileeverse\.[\w.]+)""")]
    private static partial Regex Instrument();

    [GeneratedRegex(@"^\| `(?<name>jubileeverse\.[\w.]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
