using System.Text.RegularExpressions;
using JubileeVerse.Queues;
using Microsoft.Extensions.DependencyInjection;

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

    /// <summary>So a queue that is added without its rows in the document fails the tests above.</summary>
    [Fact]
    public void Settings_OfARegisteredQueue_AreThoseOfItsSectionWithItsDefaults()
    {
        var services = new ServiceCollection().AddQueue<UnusedProcessor>("night-shift", queue => queue.Deadline = TimeSpan.FromHours(1));

        OptionKey[] expected =
        [
            new("Queues:NightShift:Attempts", "3"),
            new("Queues:NightShift:BackoffMs", "1000"),
            new("Queues:NightShift:ConcurrencyPerSilo", "10"),
            new("Queues:NightShift:Deadline", "01:00:00"),
            new("Queues:NightShift:MaxOpen", "100000"),
            new("Queues:NightShift:Priority", "5"),
            new("Queues:NightShift:StartsPerSecond", "50"),
        ];
        Assert.Equal(expected, OptionCatalog.KeysOf(services));
    }

    [GeneratedRegex(@"^\| `(?<name>[A-Z][^`]*)` \|.*\| `?(?<default>[^`|]*?)`? \|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    private sealed class UnusedProcessor : IJobProcessor
    {
        public Task<JobOutcome> RunAsync(JobRun run, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
