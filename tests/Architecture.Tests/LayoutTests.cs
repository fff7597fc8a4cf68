using System.Text.RegularExpressions;

namespace JubileeVerse.Architecture.Tests;

/// <summary>Where files are, what they are called and how large they and their classes are.</summary>
public sealed partial class LayoutTests
{
    private const int MaxFilesPerFolder = 25;
    private const int MaxLineLength = 140;
    private const int MaxClassLines = 400;

    /// <summary>Its lines are a prompt, in which a line break would be text.</summary>
    private const string PromptFile = "src/Grains/Replies/Prompts/PromptText.cs";

    private static readonly string[] CodeFolders = ["src", "tests", "bench"];

    /// <summary>
    /// The classes that are larger than <see cref="MaxClassLines"/> over all their partials, with the lines that they may have. The list
    /// only becomes shorter.
    /// </summary>
    private static readonly Dictionary<string, int> LargeClasses = new()
    {
        ["src/Grains/Conversations/ConversationGrain"] = 440,
    };

    [Fact]
    public void Folders_HoldAtMost25Files()
    {
        var tooLarge = Repository.Sources("src", "tests", "bench", "docs")
            .GroupBy(file => FolderOf(file.Path))
            .Where(files => files.Count() > MaxFilesPerFolder)
            .Select(files => $"{files.Key}: {files.Count()}");

        Assert.Empty(tooLarge);
    }

    [Fact]
    public void Namespaces_FollowFolders()
    {
        var misplaced = CodeFiles()
            .Where(file => !file.Path.StartsWith("tests/Upgrade/", StringComparison.Ordinal))
            .Select(file => (file.Path, Actual: NamespaceDeclaration().Match(file.Text).Groups[1].Value, Expected: NamespaceFor(file.Path)))
            .Where(file => file.Actual.Length > 0 && file.Actual != file.Expected)
            .Select(file => $"{file.Path}: {file.Actual} instead of {file.Expected}");

        Assert.Empty(misplaced);
    }

    [Fact]
    public void SourceFiles_DeclareOneTopLevelType()
    {
        var crowded = CodeFiles()
            .Where(file => file.Path.StartsWith("src/", StringComparison.Ordinal))
            .Select(file => (file.Path, Types: TopLevelType().Matches(file.Text).Select(match => match.Groups[1].Value).ToArray()))
            .Where(file => file.Types.Length > 1)
            .Select(file => $"{file.Path}: {string.Join(", ", file.Types)}");

        Assert.Empty(crowded);
    }

    [Fact]
    public void SourceFiles_AreNamedAfterTheirType()
    {
        var misnamed = CodeFiles()
            .Where(file => file.Path.StartsWith("src/", StringComparison.Ordinal))
            .Select(file => (file.Path, Type: TopLevelType().Match(file.Text).Groups[1].Value))
            .Where(file => file.Type.Length > 0 && Path.GetFileName(file.Path).Split('.')[0] != file.Type)
            .Select(file => $"{file.Path}: {file.Type}");

        Assert.Empty(misnamed);
    }

    [Fact]
    public void Lines_HaveAtMost140Characters()
    {
        var tooLong = CodeFiles()
            .Where(file => file.Path != PromptFile)
            .SelectMany(file => file.Text.Split('\n').Select((line, index) => (file.Path, Number: index + 1, line.Length)))
            .Where(line => line.Length > MaxLineLength)
            .Select(line => $"{line.Path}:{line.Number}: {line.Length}");

        Assert.Empty(tooLong);
    }

    /// <summary>The partial files of a class count together, because splitting a class over files does not make it smaller.</summary>
    [Fact]
    public void Classes_HaveAtMost400LinesOverTheirPartials()
    {
        var tooLarge = CodeFiles()
            .Where(file => file.Path.StartsWith("src/", StringComparison.Ordinal))
            .Where(file => !file.Path.EndsWith(".Log.cs", StringComparison.Ordinal))
            .GroupBy(file => $"{FolderOf(file.Path)}/{Path.GetFileName(file.Path).Split('.')[0]}")
            .Select(files => (Class: files.Key, Lines: files.Sum(file => file.LineCount)))
            .Where(type => type.Lines > LargeClasses.GetValueOrDefault(type.Class, MaxClassLines))
            .Select(type => $"{type.Class}: {type.Lines}");

        Assert.Empty(tooLarge);
    }

    private static IEnumerable<SourceFile> CodeFiles() =>
        Repository.Sources(CodeFolders).Where(file => Path.GetExtension(file.Path) == ".cs");

    private static string FolderOf(string path) => Path.GetDirectoryName(path)!;

    /// <summary>The contracts and the grains share a root, because a slice has the same name in both projects.</summary>
    private static string NamespaceFor(string path)
    {
        var parts = FolderOf(path).Split('/');
        return parts switch
        {
            ["src", "Grains" or "Grains.Interfaces", .. var rest] => Join("JubileeVerse", rest),
            ["bench", .. var rest] => Join("JubileeVerse.Bench", rest),
            [_, var project, .. var rest] => Join($"JubileeVerse.{project}", rest),
            _ => "",
        };
    }

    private static string Join(string root, IEnumerable<string> folders) => string.Join('.', folders.Prepend(root));

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex NamespaceDeclaration();

    [GeneratedRegex(
        @"^(?:(?:public|internal|file|static|sealed|abstract|partial|readonly|ref|unsafe) )*"
            + @"(?:class|record struct|record class|record|struct|interface|enum|delegate (?:ref (?:readonly )?)?[\w<>\[\]?]+) (\w+)",
        RegexOptions.Multiline)]
    private static partial Regex TopLevelType();
}
