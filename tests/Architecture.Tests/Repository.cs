using System.Reflection;

namespace JubileeVerse.Architecture.Tests;

/// <summary>The files of the repository.</summary>
internal static class Repository
{
    private const string MetadataKey = "RepositoryRoot";

    public static string Root { get; } = Path.GetFullPath(typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == MetadataKey).Value!);

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <summary>The source files below the given folders, without build output and installed packages.</summary>
    public static IEnumerable<SourceFile> Sources(params ReadOnlySpan<string> folders)
    {
        var found = new List<SourceFile>();
        foreach (var folder in folders)
        {
            found.AddRange(Directory.EnumerateFiles(Path.Combine(Root, folder), "*", SearchOption.AllDirectories)
                .Select(path => Path.GetRelativePath(Root, path))
                .Where(path => Path.GetExtension(path) is ".cs" or ".js" or ".css" or ".sql"
                    && !path.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "node_modules"))
                .Select(path => new SourceFile(path, File.ReadAllText(Path.Combine(Root, path)))));
        }

        return found;
    }
}
