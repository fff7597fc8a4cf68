using System.Diagnostics;
using System.Text;

namespace JubileeVerse.Testing.Storage;

/// <summary>
/// A server that a shell script starts, and stops when its standard input ends: at dispose, and when this process dies for any reason.
/// </summary>
internal sealed class SupervisedServer : IAsyncDisposable
{
    private const string Ready = "ready";

    /// <summary>
    /// Closes inherited file descriptors, because a server that outlives its test for a moment must not hold them, such as a lock of the
    /// caller.
    /// </summary>
    private const string CloseInherited = """for fd in /proc/self/fd/*; do ((${fd##*/} > 2)) && eval "exec ${fd##*/}>&-"; done""";

    private readonly Process _process;

    private SupervisedServer(Process process) => _process = process;

    /// <summary>
    /// Runs the script in its own session, because otherwise a signal to this process group would end the script before it stops the
    /// server.
    /// </summary>
    /// <param name="user">The user to run as, which requires root; null is the current user.</param>
    /// <param name="script">A bash script that prints <c>ready</c> and then reads its input.</param>
    /// <param name="arguments">The script's arguments, <c>$1</c> and so on.</param>
    public static async Task<SupervisedServer> StartAsync(string? user, string script, params string[] arguments)
    {
        string[] asUser = user is null ? [] : ["runuser", "-u", user, "--"];
        var start = new ProcessStartInfo("setsid", [.. asUser, "bash", "-c", $"{CloseInherited}\n{script}", "bash", .. arguments])
        {
            // The other user may have no access to the current directory.
            WorkingDirectory = Path.GetTempPath(),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var process = Process.Start(start)!;
        var server = new SupervisedServer(process);
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
