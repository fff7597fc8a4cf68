using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace JubileeVerse.ServiceDefaults;

/// <summary>How a part of the process ends the whole of it, so that whoever runs it starts it anew.</summary>
public sealed partial class HostExit(IHostApplicationLifetime lifetime, ILogger<HostExit> logger)
{
    /// <summary>An internal fault, as <c>sysexits.h</c> numbers it: everything that we were told is right.</summary>
    public const int Fault = 70;

    /// <summary>Something that the process cannot start without is not there.</summary>
    public const int Unavailable = 69;

    /// <summary>The process's exit code: 0 unless somebody said otherwise.</summary>
    public int Code { get; private set; }

    /// <summary>Stops the host as a signal would, and lets the process end with <see cref="Fault"/>.</summary>
    public void StopWithFault(string reason)
    {
        Code = Fault;
        LogStops(reason, Fault);
        lifetime.StopApplication();
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "{Reason} Stopping with exit code {Code}.")]
    private partial void LogStops(string reason, int code);
}
