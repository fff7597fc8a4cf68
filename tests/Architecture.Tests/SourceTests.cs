using System.Text.RegularExpressions;

namespace JubileeVerse.Architecture.Tests;

public sealed partial class SourceTests
{
    private const int MaxLines = 350;

    [Fact]
    public void SourceFiles_AreShort()
    {
        var tooLong = Repository.Sources("src", "tests", "bench")
            .Where(file => file.LineCount > MaxLines)
            .Select(file => $"{file.Path}: {file.LineCount}");

        Assert.Empty(tooLong);
    }

    [Fact]
    public void SourceFiles_ContainNoUnfinishedMarks()
    {
        var unfinished = Repository.Sources("src", "tests", "bench")
            .Where(file => Unfinished().IsMatch(file.Text) && !file.Path.EndsWith($"{nameof(SourceTests)}.cs", StringComparison.Ordinal))
            .Select(file => $"{file.Path}: {Unfinished().Match(file.Text).Value}");

        Assert.Empty(unfinished);
    }

    /// <summary>A section that is bound in another way would have unknown keys, or none that the document must list.</summary>
    [Fact]
    public void Options_AreBoundAndValidatedInOnePlace()
    {
        var binding = Repository.Sources("src")
            .Where(file => Binding().IsMatch(file.Text))
            .Select(file => Path.GetFileName(file.Path));

        Assert.Equal(["KnownOptionsServices.cs"], binding);
    }

    [Fact]
    public void OrleansContracts_AreCheckedIn()
    {
        var manifest = Repository.Read("src/Grains.Interfaces/OrleansContracts.txt");

        Assert.Contains("interface ", manifest);
        Assert.Contains("JubileeVerse.Conversations.IConversationGrain", manifest);
    }

    [GeneratedRegex(@"\.(BindConfiguration|Bind|ValidateOnStart|ValidateDataAnnotations)\(")]
    private static partial Regex Binding();

    [GeneratedRegex(@"#region\b|\bTODO\b|\bFIXME\b|\bHACK\b")]
    private static partial Regex Unfinished();
}
