using System.Reflection;
using System.Text.RegularExpressions;
using Orleans.Concurrency;

namespace JubileeVerse.Architecture.Tests.Documents;

public sealed partial class GrainDocumentTests
{
    private const string StatelessWorkers = "stateless workers";

    [Fact]
    public void Document_ListsExactlyTheGrainsOfTheCode()
    {
        var listed = MarkdownTable.Rows("docs/architecture.md", "| grain | key | owns |").SelectMany(cells =>
            Name().Matches(cells[0]).Select(match => (match.Groups["grain"].Value, IsStateless: cells[1] == StatelessWorkers)));
        var declared = Assemblies.Grains.GetTypes()
            .Where(type => typeof(IGrain).IsAssignableFrom(type) && type is { IsClass: true, IsAbstract: false }
                && type.IsSubclassOf(typeof(Grain)))
            .Select(type => (type.Name, type.IsDefined(typeof(StatelessWorkerAttribute))));

        Assert.Equal(declared.Order(), listed.Order());
    }

    [GeneratedRegex("`(?<grain>[A-Z]\\w+)`")]
    private static partial Regex Name();
}
