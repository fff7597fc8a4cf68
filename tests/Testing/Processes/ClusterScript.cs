using System.Diagnostics;
using System.Reflection;
using JubileeVerse.Testing.Storage;

namespace JubileeVerse.Testing.Processes;

/// <summary>Runs <c>./cluster</c> as a user would, with the build output of this configuration.</summary>
public static class ClusterScript
{
    /// <summary>Null when a cluster can be started; else the missing program.</summary>
    public static string? Missing { get; } = FindMissing();

    /// <summary>The build configuration of this assembly, as <c>start --configuration</c> takes it.</summary>
    public static string Configuration { get; } = Metadata("Configuration");

    /// <param name="environment">Variables that are added to those of this process.</param>
    /// <param name="cancellationToken">Interrupts the script, which then removes what it started.</param>
    public static async Task<ScriptResult> RunAsync(
        IReadOnlyDictionary<string, string>? environment, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("bash")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList = { Path.GetFullPath(Metadata("ClusterScript")) },
        };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;

        using var process = Process.Start(start)!;
        await using var interrupt = cancellationToken.Register(() => UnixSignal.Send(process.Id, UnixSignal.Terminate));
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        await process.WaitForExitAsync(CancellationToken.None);
        cancellationToken.ThrowIfCancellationRequested();
        return new ScriptResult(process.ExitCode, (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries), await errors);
    }

    private static string? FindMissing() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Any(path => File.Exists(Path.Combine(path, "redis-server")))
            ? new PostgreSqlServer().Missing
            : "No redis-server; install the package redis-server.";

    private static string Metadata(string key) => typeof(ClusterScript).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == key).Value!;
}
