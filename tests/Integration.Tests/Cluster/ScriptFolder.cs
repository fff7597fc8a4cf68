using JubileeVerse.Testing.Processes;

namespace JubileeVerse.Integration.Tests.Cluster;

/// <summary>A folder for a cluster that a test starts directly by the script. Processes that still run at dispose are stopped.</summary>
internal sealed class ScriptFolder : IAsyncDisposable
{
    public string Path { get; } = System.IO.Path.Combine(
        System.IO.Path.GetTempPath(), $"jubileeverse-script-{System.IO.Path.GetRandomFileName()}");

    /// <summary>The arguments that start one silo and one gateway from the existing build.</summary>
    public IReadOnlyList<string> StartArguments =>
        ["start", "--silos", "1", "--gateways", "1", "--no-build", "--configuration", ClusterScript.Configuration, "--data", Path];

    /// <summary>The command lines of the processes that name the folder: supervisors, servers, and their child processes.</summary>
    public IReadOnlyList<string> Processes() => [.. ProcessesNaming(Path)];

    public static IEnumerable<string> ProcessesNaming(string text)
    {
        foreach (var directory in Directory.EnumerateDirectories("/proc")
            .Where(path => int.TryParse(System.IO.Path.GetFileName(path), out _)))
        {
            string command;
            try
            {
                command = File.ReadAllText(System.IO.Path.Combine(directory, "cmdline")).Replace('\0', ' ');
            }
            catch (IOException)
            {
                // The process has exited meanwhile.
                continue;
            }

            if (command.Contains(text, StringComparison.Ordinal))
                yield return command;
        }
    }

    public async ValueTask DisposeAsync() =>
        await ClusterScript.RunAsync(null, ["stop", "--now", "--remove", "--data", Path], CancellationToken.None);
}
