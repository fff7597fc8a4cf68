using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;

namespace JubileeVerse.ServiceDefaults;

/// <summary>
/// The default log levels: our own events, and only actionable events of the libraries below.
/// </summary>
internal static class DefaultLogLevels
{
    private static readonly Dictionary<string, string?> Levels = new()
    {
        ["Logging:LogLevel:Microsoft"] = "Warning",
        ["Logging:LogLevel:Microsoft.Hosting.Lifetime"] = "Information",
        // Npgsql logs each command at Information.
        ["Logging:LogLevel:Npgsql"] = "Warning",
        ["Logging:LogLevel:Orleans"] = "Warning",
        // Orleans retries calls to disconnected clients through Polly, which logs each attempt with a stack trace. We log our own retries.
        ["Logging:LogLevel:Polly"] = "None",
        ["Logging:LogLevel:System.Net.Http"] = "Warning",
        // We log that a gateway waits for silos. These log each attempt with a stack trace.
        ["Logging:LogLevel:Orleans.Messaging.GatewayManager"] = "Error",
        ["Logging:LogLevel:Orleans.OutsideRuntimeClient"] = "Critical",
        // The watchdog warns at each start that its first check has not completed for the uptime of the machine.
        ["Logging:LogLevel:Orleans.Runtime.Watchdog"] = "Error",
        // SignalR logs each rejected command and each aborted client as an error with a stack trace. We log our own faults.
        ["Logging:LogLevel:Microsoft.AspNetCore.SignalR.Internal.DefaultHubDispatcher"] = "None",
        ["Logging:LogLevel:Microsoft.AspNetCore.SignalR.HubConnectionHandler"] = "None",
        // Data protection warns that keys are stored unencrypted. For encryption at rest, encrypt the volume or Redis.
        ["Logging:LogLevel:Microsoft.AspNetCore.DataProtection"] = "Error",
    };

    /// <summary>Adds the levels as the first source, so that every other source overrides them.</summary>
    public static void AddDefaultLogLevels(this IConfigurationManager configuration) =>
        configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = Levels });
}
