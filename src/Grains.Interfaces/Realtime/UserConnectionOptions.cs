using System.ComponentModel.DataAnnotations;

namespace JubileeVerse.Realtime;

/// <summary>The part of the section <c>JubileeVerse:Realtime</c> that silos enforce and gateways report to their clients.</summary>
public sealed class UserConnectionOptions
{
    /// <summary>
    /// Maximum number of connections of one user over all gateways. One more closes the oldest (4101). 1 to 1,000; default 10.
    /// </summary>
    [Range(1, 1000)]
    public int LinksPerUser { get; set; } = 10;
}
