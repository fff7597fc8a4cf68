using System.Reflection;
using System.Text.RegularExpressions;
using Mono.Cecil;

namespace JubileeVerse.Architecture.Tests.Slices;

/// <summary>
/// Finds which slices the slices of a project use. The compiled code names every type, however the source refers to it, but not where a
/// constant comes from; so the using directives are read too, which the build keeps free of unused ones.
/// </summary>
internal static partial class SliceDependencies
{
    /// <summary>The namespace of the gateway's slices; those of the other projects are directly in the product's.</summary>
    private const string GatewayPrefix = "Gateway.";

    private const string ProductPrefix = "JubileeVerse.";

    /// <summary>Projects that have no slices.</summary>
    private static readonly string[] OtherProjects = ["ServiceDefaults", "Silo", "Standalone", "Gateway"];

    /// <param name="folder">The folder of the project below <c>src</c>.</param>
    public static IReadOnlySet<SliceDependency> Find(Assembly assembly, string folder)
    {
        using var module = ModuleDefinition.ReadModule(assembly.Location);
        var compiled = module.GetTypes().SelectMany(
            TypeReferences.Of,
            (type, used) => (From: SliceOf(type), To: SliceOf(used)));
        var imported = Repository.Sources($"src/{folder}").SelectMany(
            file => UsingDirective().Matches(file.Text),
            (file, match) => (From: SliceOfFile(file.Path), To: SliceOfNamespace(match.Groups[1].Value)));
        return compiled.Concat(imported)
            .Where(pair => pair is { From: not null, To: not null } && pair.From != pair.To)
            .Select(pair => new SliceDependency(pair.From!, pair.To!))
            .ToHashSet();
    }

    /// <summary>Null for a type outside of the slices, such as generated code and the hosts.</summary>
    private static string? SliceOf(TypeReference type)
    {
        var outermost = type;
        while (outermost.DeclaringType is { } declaring)
            outermost = declaring;
        return outermost.Namespace.StartsWith(ProductPrefix, StringComparison.Ordinal) ? SliceOfNamespace(outermost.Namespace) : null;
    }

    private static string? SliceOfNamespace(string name)
    {
        var path = name[ProductPrefix.Length..];
        if (path.StartsWith(GatewayPrefix, StringComparison.Ordinal))
            path = path[GatewayPrefix.Length..];
        var slice = path.Split('.')[0];
        return OtherProjects.Contains(slice) ? null : slice;
    }

    /// <summary>Null for a file beside the folders of the slices.</summary>
    private static string? SliceOfFile(string path) => path.Split('/') is [_, _, var slice, _, ..] ? slice : null;

    [GeneratedRegex(@"^using (?:static |\w+ = )?(JubileeVerse\.[\w.]+);", RegexOptions.Multiline)]
    private static partial Regex UsingDirective();
}
