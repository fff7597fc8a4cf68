using System.Text.RegularExpressions;

namespace JubileeVerse.Architecture.Tests.Documents;

/// <summary>Each test that <c>docs/operations/failures.md</c> names must exist.</summary>
public sealed partial class FailureDocumentTests
{
    private const int MinNamedTests = 15;

    [Fact]
    public void Document_NamesTestsThatExist()
    {
        var named = Row().Matches(Repository.Read("docs/operations/failures.md"))
            .SelectMany(row => Name().Matches(row.Groups["tests"].Value)
                .Select(match => (Type: match.Groups["type"].Value, Method: match.Groups["method"].Value)))
            .ToArray();
        var sources = Repository.Sources("tests").ToArray();

        var missing = named.Where(test => !sources.Any(source => Declares(source.Text, test.Type, test.Method)));

        Assert.True(named.Length >= MinNamedTests, $"Only {named.Length} tests are named.");
        Assert.Empty(missing);
    }

    private static bool Declares(string text, string type, string method) =>
        Regex.IsMatch(text, $@"\bclass {Regex.Escape(type)}\b")
        && Regex.IsMatch(text, $@"\[(Fact|Theory)[^]]*\]\s+(\[[^\n]+\]\s+)*public [\w<>\[\], ]+ {Regex.Escape(method)}\(");

    [GeneratedRegex(@"^\|[^|\n]+\|[^|\n]+\|[^|\n]+\|(?<tests>[^|\n]+)\|\s*$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"`(?<type>\w+)\.(?<method>\w+)`")]
    private static partial Regex Name();
}
