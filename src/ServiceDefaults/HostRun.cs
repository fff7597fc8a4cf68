using Microsoft.AspNetCore.Builder;

namespace JubileeVerse.ServiceDefaults;

public static class HostRun
{
    /// <summary>
    /// Runs the host until it is told to stop. A stop while it still starts is a stop like any other: exit code 0 and no crash,
    /// though whatever was starting has been cancelled.
    /// </summary>
    public static async Task RunUntilStoppedAsync(this WebApplication app)
    {
        // Taken now: a host that is cancelled while it starts is disposed before its exception arrives here.
        var stopping = app.Lifetime.ApplicationStopping;
        try
        {
            await app.RunAsync();
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Asked for.
        }
    }
}
