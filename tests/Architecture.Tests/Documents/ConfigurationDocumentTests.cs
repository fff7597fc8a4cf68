using System.Text.RegularExpressions;

namespace JubileeVerse.Architecture.Tests.Documents;

public sealed partial class ConfigurationDocumentTests
{
    private static readonly IReadOnlyList<(string Name, string Default)> Rows =
    [
        .. Row().Matches(Repository.Read("docs/configuration.md"))
            .Select(match => (match.Groups["name"].Value, match.Groups["default"].Value)),
    ];

    [Fact]
    public void Document_ListsEachSetting()
    {
        var missing = OptionCatalog.All.Select(key => key.Name).Except(Rows.Select(row => row.Name));

        Assert.Empty(missing);
    }

    [Fact]
    public void Document_ListsNothingElse()
    {
        var unknown = Rows.Select(row => row.Name).Except(OptionCatalog.All.Select(key => key.Name));

        Assert.Empty(unknown);
    }

    [Fact]
    public void Document_NamesTheDefaults()
    {
        var defaults = Rows.ToDictionary(row => row.Name, row => row.Default);
        var wrong = OptionCatalog.All
            .Where(key => defaults.TryGetValue(key.Name, out var documented) && documented != key.Default)
            .Select(key => $"{key.Name} is {key.Default}, not {defaults[key.Name]}");

        Assert.Empty(wrong);
    }

    [GeneratedRegex(@"^\| `(?<name>[A-Z][^`]*)` \|.*\| `?(?<default>[^`|]*?)`? \|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
