using System.ComponentModel.DataAnnotations;

namespace JubileeVerse.Realtime;

/// <summary>The part of the section <c>JubileeVerse:Realtime</c> that silos go by and gateways tell their clients.</summary>
public sealed class UserLinkOptions
{
    /// <summary>Links of one person over all gateways; one more closes the oldest (4101). 1 to 1,000; default 10.</summary>
    [Range(1, 1000)]
    public int LinksPerUser { get; set; } = 10;
}
