using Microsoft.AspNetCore.Http;

namespace JubileeVerse.ServiceDefaults.Management;

/// <summary>
/// Detects requests to the management listener by the local port of their connection, because the Host header is chosen by the caller.
/// </summary>
/// <param name="port">The port of the management listener; null if there is none.</param>
internal sealed class ManagementPortFilter(int? port)
{
    public bool Matches(HttpContext context) => context.Connection.LocalPort == port;
}
