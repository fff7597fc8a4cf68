using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;

namespace JubileeVerse.ServiceDefaults;

/// <summary>
/// What is logged unless the configuration says otherwise: our own events, and of the libraries below only what somebody should act on.
/// </summary>
internal static class QuietLogs
{
    private static readonly Dictionary<string, string?> Levels = new()
    {
        ["Logging:LogLevel:Microsoft"] = "Warning",
        ["Logging:LogLevel:Microsoft.Hosting.Lifetime"] = "Information",
        // It tells each command at Information.
        ["Logging:LogLevel:Npgsql"] = "Warning",
        ["Logging:LogLevel:Orleans"] = "Warning",
        // Orleans' tries to reach a client that has gone, each with its stack. Of our own tries we tell ourselves.
        ["Logging:LogLevel:Polly"] = "None",
        ["Logging:LogLevel:System.Net.Http"] = "Warning",
        // A gateway's wait for silos is told by us; these tell each try, with its stack.
        ["Logging:LogLevel:Orleans.Messaging.GatewayManager"] = "Error",
        ["Logging:LogLevel:Orleans.OutsideRuntimeClient"] = "Critical",
        // It warns at each start that its first check has not completed "for" the time that the machine has been up.
        ["Logging:LogLevel:Orleans.Runtime.Watchdog"] = "Error",
        // They tell of each command that is refused, and of each client that breaks off, as an error with its stack. What is our fault we tell.
        ["Logging:LogLevel:Microsoft.AspNetCore.SignalR.Internal.DefaultHubDispatcher"] = "None",
        ["Logging:LogLevel:Microsoft.AspNetCore.SignalR.HubConnectionHandler"] = "None",
        // It warns that keys are kept unencrypted: who wants them encrypted at rest encrypts the volume or Redis.
        ["Logging:LogLevel:Microsoft.AspNetCore.DataProtection"] = "Error",
    };

    /// <summary>Below every other source, so that each of them can change it.</summary>
    public static void AddQuietLogs(this IConfigurationManager configuration) =>
        configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = Levels });
}
