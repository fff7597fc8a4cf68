using System.Reflection;
using JubileeVerse.Architecture.Tests.Slices;

namespace JubileeVerse.Architecture.Tests.Documents;

/// <summary>The table of slices in <c>docs/architecture.md</c> is what the code may do and what it does.</summary>
public sealed class SliceDocumentTests
{
    private const string Document = "docs/architecture.md";
    private const string Header = "| slice | in `Grains.Interfaces` uses | in `Grains` uses | in `Gateway` uses |";

    public static TheoryData<string, int> Projects => new() { { "Grains.Interfaces", 1 }, { "Grains", 2 }, { "Gateway", 3 } };

    [Theory]
    [MemberData(nameof(Projects))]
    public void Slices_UseOnlyTheSlicesThatTheTableAllows(string project, int column) =>
        ShouldBeEmpty(SliceDependencies.Find(AssemblyOf(project), project).Except(Listed(column)));

    [Theory]
    [MemberData(nameof(Projects))]
    public void Table_AllowsNoSliceThatIsNotUsed(string project, int column) =>
        ShouldBeEmpty(Listed(column).Except(SliceDependencies.Find(AssemblyOf(project), project)));

    private static Assembly AssemblyOf(string project) => project switch
    {
        "Grains.Interfaces" => Assemblies.Interfaces,
        "Grains" => Assemblies.Grains,
        _ => Assemblies.Gateway,
    };

    private static IEnumerable<SliceDependency> Listed(int column) => MarkdownTable.Rows(Document, Header).SelectMany(
        cells => cells[column].Split(", ", StringSplitOptions.RemoveEmptyEntries).Where(used => used != "–"),
        (cells, used) => new SliceDependency(cells[0], used));

    private static void ShouldBeEmpty(IEnumerable<SliceDependency> dependencies)
    {
        var text = string.Join("; ", dependencies.Order());
        Assert.True(text.Length == 0, text);
    }
}
