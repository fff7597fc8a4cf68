using System.ComponentModel.DataAnnotations;

namespace JubileeVerse.Gateway.Limits;

/// <summary>
/// Cluster-wide request limits per minute and subject: the gateway's part of the section <c>JubileeVerse:Limits</c>.
/// </summary>
internal sealed class RequestLimitsOptions
{
    /// <summary>False disables all request limits. Default true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Writes without a session, per client address. Default 100.</summary>
    [Range(1, 1_000_000)]
    public int AnonymousWritesPerMinute { get; set; } = 100;

    /// <summary>Requests per session. Default 600.</summary>
    [Range(1, 1_000_000)]
    public int SessionRequestsPerMinute { get; set; } = 600;

    /// <summary>Sign-ins and registrations per client address. Default 10.</summary>
    [Range(1, 1_000_000)]
    public int SignInsPerMinute { get; set; } = 10;
}
