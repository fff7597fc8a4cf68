using System.Globalization;
using System.Text.RegularExpressions;

namespace JubileeVerse.Architecture.Tests.Documents;

/// <summary>Each step of <c>docs/walk-one-message.md</c> names a short file and a method in it.</summary>
public sealed partial class WalkDocumentTests
{
    private const int MaxSteps = 12;
    private const int MaxLines = 200;

    private static readonly string Document = Repository.Read("docs/walk-one-message.md");

    private static readonly Match[] Steps = [.. Step().Matches(Document).Cast<Match>()];

    [Fact]
    public void Steps_AreFewAndEachNamesAFileAndAMethod()
    {
        var numbers = Number().Matches(Document).Select(match => int.Parse(match.Value, CultureInfo.InvariantCulture));

        Assert.InRange(Steps.Length, 1, MaxSteps);
        Assert.Equal(Enumerable.Range(1, Steps.Length), numbers);
    }

    [Fact]
    public void Steps_NameMethodsThatExist()
    {
        var missing = Steps
            .Where(step => !Declares(step.Groups["path"].Value, step.Groups["method"].Value))
            .Select(step => step.Value);

        Assert.Empty(missing);
    }

    /// <summary>A step whose file is longer says why.</summary>
    [Fact]
    public void Steps_NameShortFiles()
    {
        var tooLong = Steps
            .Where(step => !step.Groups["long"].Success && File.ReadLines(PathOf(step.Groups["path"].Value)).Count() > MaxLines)
            .Select(step => step.Value);

        Assert.Empty(tooLong);
    }

    [Fact]
    public void Document_NamesFilesThatExist()
    {
        var missing = Source().Matches(Document).Select(match => match.Groups["path"].Value).Where(path => !File.Exists(PathOf(path)));

        Assert.Empty(missing);
    }

    private static bool Declares(string path, string method) => File.Exists(PathOf(path))
        && Regex.IsMatch(Repository.Read(path), $@"^ +(\w[\w<>?\[\], ]* )?{Regex.Escape(method)}\([^;]*$", RegexOptions.Multiline);

    private static string PathOf(string path) => Path.Combine(Repository.Root, path);

    [GeneratedRegex(@"^\d+\. \*\*`(?<path>[^`]+)`\*\*, `(?<method>\w+)`(?<long> \*\(over 200 lines: [^)]+\)\*)?", RegexOptions.Multiline)]
    private static partial Regex Step();

    [GeneratedRegex(@"^\d+(?=\. )", RegexOptions.Multiline)]
    private static partial Regex Number();

    [GeneratedRegex("`(?<path>src/[^`]+)`")]
    private static partial Regex Source();
}
