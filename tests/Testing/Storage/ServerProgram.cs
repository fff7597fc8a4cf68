using System.Diagnostics;

namespace JubileeVerse.Testing.Storage;

/// <summary>Runs a program to its end and says what it printed when it fails.</summary>
internal static class ServerProgram
{
    /// <param name="user">Run it as this user, which only root may ask for; null runs it as the current one.</param>
    public static async Task RunAsync(string? user, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(user is null ? program : "runuser")
        {
            // The other user may not enter our directory.
            WorkingDirectory = Path.GetTempPath(),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (user is not null)
        {
            foreach (var argument in new[] { "-u", user, "--", program })
                start.ArgumentList.Add(argument);
        }

        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {await output}{await errors}");
    }
}
