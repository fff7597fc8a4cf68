using System.Reflection;

namespace JubileeVerse.Testing.Processes;

/// <summary>Where the build has put Standalone: its own output, not the copy beside a test that refers to it.</summary>
public static class StandaloneProgram
{
    private const string MetadataKey = "StandaloneProgram";

    public static string FileName { get; } = Find();

    private static string Find()
    {
        var path = typeof(StandaloneProgram).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(metadata => metadata.Key == MetadataKey).Value!;
        return File.Exists(path) ? Path.GetFullPath(path) : throw new FileNotFoundException("Standalone has not been built.", path);
    }
}
