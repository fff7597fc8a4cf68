using System.Text.RegularExpressions;

namespace JubileeVerse.Architecture.Tests.Documents;

public sealed partial class AuditDocumentTests
{
    [Fact]
    public void Document_ListsExactlyTheAuditedActionsOfTheCode()
    {
        var declared = Repository.Sources("src")
            .SelectMany(source => Declaration().Matches(source.Text))
            .Select(match => match.Groups["action"].Value);
        var list = List().Match(Repository.Read("docs/queues.md"));
        var listed = Action().Matches(list.Value).Select(match => match.Groups["action"].Value);

        Assert.True(list.Success, "The list of the audited actions was not found.");
        Assert.Equal(declared.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    [GeneratedRegex("""\.Audited\("(?<action>[^"]+)"\)""")]
    private static partial Regex Declaration();

    [GeneratedRegex(@"The actions are [^.]+\.")]
    private static partial Regex List();

    [GeneratedRegex("`(?<action>[a-z-]+)`")]
    private static partial Regex Action();
}
