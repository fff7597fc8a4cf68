using System.ComponentModel.DataAnnotations;

namespace JubileeVerse.Gateway.Limits;

/// <summary>How many requests a minute one subject may make, over the whole cluster: the gateway's part of the section <c>JubileeVerse:Limits</c>.</summary>
internal sealed class RequestLimitsOptions
{
    /// <summary>False lifts the limits of requests. Default true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Writes of an address without a session. Default 100.</summary>
    [Range(1, 1_000_000)]
    public int AnonymousWritesPerMinute { get; set; } = 100;

    /// <summary>Requests of a session. Default 600.</summary>
    [Range(1, 1_000_000)]
    public int SessionRequestsPerMinute { get; set; } = 600;

    /// <summary>Sign-ins and registrations of an address. Default 10.</summary>
    [Range(1, 1_000_000)]
    public int SignInsPerMinute { get; set; } = 10;
}
