using System.Diagnostics;
using System.Reflection;
using JubileeVerse.Testing.Storage;

namespace JubileeVerse.Testing.Processes;

/// <summary>Runs <c>./cluster</c> as anyone would, over what the build of this configuration has made.</summary>
public static class ClusterScript
{
    /// <summary>Null where a cluster can be started; else what is missing.</summary>
    public static string? Missing { get; } = FindMissing();

    /// <summary>The configuration that this was built in, as <c>start --configuration</c> takes it.</summary>
    public static string Configuration { get; } = Metadata("Configuration");

    /// <param name="environment">Whole variables, on top of this process's own.</param>
    /// <param name="arguments">As on the command line.</param>
    /// <param name="cancellationToken">Interrupts the script, which then takes away what it began.</param>
    public static async Task<ScriptAnswer> RunAsync(
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
        return new ScriptAnswer(process.ExitCode, (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries), await errors);
    }

    private static string? FindMissing() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(path => File.Exists(Path.Combine(path, "redis-server")))
            ? new PostgreSqlServer().Missing
            : "No redis-server; install the package redis-server.";

    private static string Metadata(string key) => typeof(ClusterScript).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == key).Value!;
}
