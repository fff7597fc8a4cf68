using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace JubileeVerse.ServiceDefaults;

/// <summary>Stops the whole process after a fault, so that its supervisor restarts it.</summary>
public sealed partial class HostExit(IHostApplicationLifetime lifetime, ILogger<HostExit> logger)
{
    /// <summary>An internal fault, <c>EX_SOFTWARE</c> in <c>sysexits.h</c>: the configuration and the input are correct.</summary>
    public const int Fault = 70;

    /// <summary>A required dependency is unavailable, <c>EX_UNAVAILABLE</c> in <c>sysexits.h</c>.</summary>
    public const int Unavailable = 69;

    /// <summary>The exit code of the process; 0 unless a fault was reported.</summary>
    public int Code { get; private set; }

    /// <summary>Stops the host as a signal would, with the exit code <see cref="Fault"/>.</summary>
    public void StopWithFault(string reason)
    {
        Code = Fault;
        LogStopping(reason, Fault);
        lifetime.StopApplication();
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "{Reason} Stopping with exit code {Code}.")]
    private partial void LogStopping(string reason, int code);
}
