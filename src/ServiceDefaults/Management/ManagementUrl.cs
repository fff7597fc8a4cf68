using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;

namespace JubileeVerse.ServiceDefaults.Management;

/// <summary>Parses <see cref="ManagementOptions.Url"/>: plain http, a host (<c>+</c> for all addresses) and a fixed port.</summary>
internal static class ManagementUrl
{
    public static bool TryParse(string text, [NotNullWhen(true)] out BindingAddress? address)
    {
        address = null;
        try
        {
            address = BindingAddress.Parse(text);
        }
        catch (FormatException)
        {
            return false;
        }

        return address is { Port: > 0, IsUnixPipe: false, IsNamedPipe: false, PathBase: "", Scheme: "http" };
    }
}
