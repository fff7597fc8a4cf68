using System.Reflection;

namespace JubileeVerse.Testing.Processes;

/// <summary>Where the build has put a host: its own output, not the copy beside a test that refers to it.</summary>
/// <param name="Name">Of its project.</param>
/// <param name="ReadyPath">Where it says that it may have traffic.</param>
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
