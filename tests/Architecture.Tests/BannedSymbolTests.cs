using System.Reflection;
using System.Text.RegularExpressions;

namespace JubileeVerse.Architecture.Tests;

/// <summary>
/// The build refuses the symbols of <c>eng/BannedSymbols*.txt</c>; the tests hold the lists complete and the exceptions few.
/// </summary>
public sealed partial class BannedSymbolTests
{
    private const string Rule = "RS0030";

    private static readonly string[] Lists = ["eng/BannedSymbols.txt", "eng/BannedSymbols.Product.txt"];

    /// <summary>Where a banned symbol is used, and why it has to be.</summary>
    private static readonly Dictionary<string, string> Exceptions = new()
    {
        ["src/Gateway/Realtime/Hub/HubShutdownNotifier.cs"] = "A callback of the stopping host cannot be awaited.",
        ["src/ServiceDefaults/RandomServices.cs"] = "The one place that injects it.",
    };

    /// <summary>The methods that are banned as a whole. Others, such as <c>Task.Delay</c>, have allowed overloads.</summary>
    private static readonly (Type Type, string Method)[] BannedMethods =
    [
        (typeof(Task), nameof(Task.Run)),
        (typeof(Task), nameof(Task.Wait)),
        (typeof(Task), nameof(Task.WaitAll)),
        (typeof(Task), nameof(Task.WaitAny)),
        (typeof(Thread), nameof(Thread.Sleep)),
        (typeof(Guid), nameof(Guid.NewGuid)),
    ];

    [Fact]
    public void Exceptions_AreListedWithTheirReason()
    {
        var found = Repository.Sources("src", "tests", "bench")
            .SelectMany(file => Suppression().Matches(file.Text).Select(match => (file.Path, Reason: match.Groups[1].Value)));

        Assert.Equal(
            Exceptions.OrderBy(exception => exception.Key, StringComparer.Ordinal).Select(exception => (exception.Key, exception.Value)),
            found.OrderBy(exception => exception.Path, StringComparer.Ordinal));
    }

    /// <summary>An attribute or a setting of a project would suppress the rule without a line beside the code that needs it.</summary>
    [Fact]
    public void Rule_IsSuppressedOnlyByPragmas()
    {
        var settings = Directory.EnumerateFiles(Repository.Root, "*.*proj", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(Repository.Root, "Directory.*.*"))
            .Append(Path.Combine(Repository.Root, ".editorconfig"))
            .Where(path => File.ReadAllText(path).Contains(Rule, StringComparison.Ordinal));
        var attributes = Repository.Sources("src", "tests", "bench")
            .Where(file => Attribute().IsMatch(file.Text))
            .Select(file => file.Path);

        Assert.Empty(settings.Concat(attributes));
    }

    /// <summary>A new version of .NET may add an overload, which would not be banned.</summary>
    [Fact]
    public void BannedMethods_AreBannedWithAllTheirOverloads()
    {
        var banned = BannedSymbols().ToArray();
        var incomplete = BannedMethods
            .Select(method => (
                Name: $"{method.Type.FullName}.{method.Method}",
                Overloads: method.Type.GetMember(method.Method, BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance).Length))
            .Select(method => (method.Name, method.Overloads, Banned: banned.Count(symbol => NameOf(symbol) == method.Name)))
            .Where(method => method.Overloads != method.Banned)
            .Select(method => $"{method.Name}: {method.Banned} of {method.Overloads}");

        Assert.Empty(incomplete);
    }

    [Theory]
    [InlineData("P:System.DateTime.UtcNow")]
    [InlineData("P:System.DateTimeOffset.UtcNow")]
    [InlineData("P:System.Random.Shared")]
    [InlineData("M:System.Random.#ctor")]
    [InlineData("P:System.Threading.Tasks.Task`1.Result")]
    [InlineData("T:System.Console")]
    public void Statics_AreBanned(string symbol) => Assert.Contains(symbol, BannedSymbols());

    private static IEnumerable<string> BannedSymbols() => Lists
        .SelectMany(path => Repository.Read(path).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        .Select(line => line.Split(';')[0]);

    /// <summary>The name in an id of a documentation comment, without the number of type parameters.</summary>
    private static string NameOf(string symbol) => symbol[2..].Split('(')[0].Split("``")[0];

    [GeneratedRegex($@"^\s*#pragma warning disable {Rule}(?: // (.*))?$", RegexOptions.Multiline)]
    private static partial Regex Suppression();

    [GeneratedRegex($@"SuppressMessage\([^)]*{Rule}")]
    private static partial Regex Attribute();
}
