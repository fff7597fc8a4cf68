using JubileeVerse.ServiceDefaults.Starting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace JubileeVerse.ServiceDefaults;

public static class HostRunExtensions
{
    /// <summary>
    /// Runs the host until it is stopped, and sets the exit code of the process. A stop during the start is a normal stop with exit code 0,
    /// although services that were starting are cancelled.
    /// </summary>
    public static async Task RunUntilStoppedAsync(this WebApplication app)
    {
        // Validated before the host runs, so that all faults are reported at once. The host would first create its services, and one of
        // them would fail at the first fault.
        app.Services.GetService<IStartupValidator>()?.Validate();
        // Read now, because a host that is cancelled during its start is disposed before its exception is caught here.
        var stopping = app.Lifetime.ApplicationStopping;
        var exit = app.Services.GetRequiredService<HostExit>();
        try
        {
            await app.RunAsync();
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The stop was requested.
        }

        catch (DependencyUnavailableException)
        {
            // The host has logged the exception. The runtime would log it again and create a core dump.
            Environment.ExitCode = HostExit.Unavailable;
            return;
        }

        Environment.ExitCode = exit.Code;
    }
}
