using Microsoft.AspNetCore.Http;

namespace JubileeVerse.ServiceDefaults.Management;

/// <summary>
/// Tells by which listener a request came: by the port that its connection was accepted at. The Host header is what the caller says.
/// </summary>
/// <param name="port">The management listener's; null where there is none.</param>
internal sealed class ManagementDoor(int? port)
{
    public bool IsOf(HttpContext context) => context.Connection.LocalPort == port;
}
