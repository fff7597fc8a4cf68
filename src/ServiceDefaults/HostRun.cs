using JubileeVerse.ServiceDefaults.Starting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace JubileeVerse.ServiceDefaults;

public static class HostRun
{
    /// <summary>
    /// Runs the host until it is told to stop, and sets the process's exit code. A stop while it still starts is a stop like any other:
    /// exit code 0 and no crash, though whatever was starting has been cancelled.
    /// </summary>
    public static async Task RunUntilStoppedAsync(this WebApplication app)
    {
        // The host would make its services first, and one of them would fail at the first fault that it meets; so all are told at once.
        app.Services.GetService<IStartupValidator>()?.Validate();
        // Taken now: a host that is cancelled while it starts is disposed before its exception arrives here.
        var stopping = app.Lifetime.ApplicationStopping;
        var exit = app.Services.GetRequiredService<HostExit>();
        try
        {
            await app.RunAsync();
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Asked for.
        }

        catch (DependencyAwayException)
        {
            // The host has logged it; the runtime would tell it a second time, and dump core.
            Environment.ExitCode = HostExit.Unavailable;
            return;
        }

        Environment.ExitCode = exit.Code;
    }
}
