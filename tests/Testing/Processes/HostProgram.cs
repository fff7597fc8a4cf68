using System.Reflection;

namespace JubileeVerse.Testing.Processes;

/// <summary>A host's program in its own build output, not the copy in the output of a test that references it.</summary>
/// <param name="Name">The name of its project.</param>
/// <param name="ReadyPath">The path of its readiness check.</param>
public sealed record HostProgram(string Name, string ReadyPath)
{
    public static HostProgram Standalone { get; } = new("Standalone", "/api/admin/ready");

    public static HostProgram Silo { get; } = new("Silo", "/ready");

    public string FileName
    {
        get
        {
            var path = typeof(HostProgram).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
                .Single(metadata => metadata.Key == $"{Name}Program").Value!;
            return File.Exists(path) ? Path.GetFullPath(path) : throw new FileNotFoundException($"{Name} has not been built.", path);
        }
    }
}
