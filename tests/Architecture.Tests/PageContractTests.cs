using System.Text.RegularExpressions;

namespace JubileeVerse.Architecture.Tests;

public sealed partial class PageContractTests
{
    private const string Page = "src/Gateway/wwwroot";

    /// <summary>Set by <c>eng/update-page-contract</c>.</summary>
    private const string UpdateVariable = "UPDATE_PAGE_CONTRACT";

    private static IEnumerable<SourceFile> Modules => Repository.Sources($"{Page}/js").Where(file => file.Path != PageContract.Path);

    [Fact]
    public void Contract_EqualsTheConstants()
    {
        var expected = PageContract.Create();
        if (Environment.GetEnvironmentVariable(UpdateVariable) is { Length: > 0 })
            File.WriteAllText(Path.Combine(Repository.Root, PageContract.Path), expected);

        Assert.Equal(expected, Repository.Read(PageContract.Path));
    }

    /// <summary>A length that is typed into a field's attributes drifts from the rule that the server applies.</summary>
    [Fact]
    public void MaxLengths_ComeFromTheContract()
    {
        var literals = Modules.Append(new SourceFile("index.html", Repository.Read($"{Page}/index.html")))
            .SelectMany(file => LiteralLength().Matches(file.Text).Select(match => $"{file.Path}: {match.Value}"));

        Assert.Empty(literals);
    }

    [Fact]
    public void CloseCodes_ComeFromTheContract()
    {
        var literals = Modules
            .SelectMany(file => LiteralCloseCode().Matches(file.Text).Select(match => $"{file.Path}: {match.Value}"));

        Assert.Empty(literals);
    }

    /// <summary>A misspelt frame type is never equal to a received one, and nothing else reports it.</summary>
    [Fact]
    public void ComparedFrameTypes_Exist()
    {
        var unknown = Modules
            .SelectMany(file => ComparedFrameType().Matches(file.Text).Select(match => (file.Path, Type: match.Groups["type"].Value)))
            .Where(compared => !PageContract.FrameTypes.Contains(compared.Type));

        Assert.Contains(Modules, file => ComparedFrameType().IsMatch(file.Text));
        Assert.Empty(unknown);
    }

    [GeneratedRegex("""(?i:maxlength|lengthLimit|titleLimit)\s*[:=]\s*["']?[0-9][0-9_]*""")]
    private static partial Regex LiteralLength();

    [GeneratedRegex("""(?<![\w.])4[0-3][0-9]{2}(?![\w])""")]
    private static partial Regex LiteralCloseCode();

    [GeneratedRegex("""(?:\bframe\.type|(?<![.\w])type) [!=]== '(?<type>[^']+)'""")]
    private static partial Regex ComparedFrameType();
}
