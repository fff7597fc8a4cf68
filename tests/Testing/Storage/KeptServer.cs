using System.Diagnostics;
using System.Text;

namespace JubileeVerse.Testing.Storage;

/// <summary>
/// A server that a shell script starts, and ends when its input does: at dispose, and when this process dies, however that comes.
/// </summary>
internal sealed class KeptServer : IAsyncDisposable
{
    private const string Ready = "ready";

    /// <summary>
    /// A server that outlives its test for a moment must not hold what this process was given, such as a lock of whoever started it.
    /// </summary>
    private const string CloseInherited = """for fd in /proc/self/fd/*; do ((${fd##*/} > 2)) && eval "exec ${fd##*/}>&-"; done""";

    private readonly Process _process;

    private KeptServer(Process process) => _process = process;

    /// <summary>Runs the script in a session of its own, for else whoever ends all processes of this one's group would end it before the server.</summary>
    /// <param name="user">Run it as this user, which only root may ask for; null runs it as the current one.</param>
    /// <param name="script">For bash. It says <c>ready</c> and then reads.</param>
    /// <param name="arguments"><c>$1</c> and so on.</param>
    public static async Task<KeptServer> StartAsync(string? user, string script, params string[] arguments)
    {
        string[] asUser = user is null ? [] : ["runuser", "-u", user, "--"];
        var start = new ProcessStartInfo("setsid", [.. asUser, "bash", "-c", $"{CloseInherited}\n{script}", "bash", .. arguments])
        {
            // The other user may not enter our directory.
            WorkingDirectory = Path.GetTempPath(),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var process = Process.Start(start)!;
        var server = new KeptServer(process);
        var errors = process.StandardError.ReadToEndAsync();
        var output = new StringBuilder();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line == Ready)
                return server;
            output.AppendLine(line);
        }

        await server.DisposeAsync();
        throw new InvalidOperationException($"The server did not start: {output}{await errors}");
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
