using System.ComponentModel.DataAnnotations;

namespace JubileeVerse.ServiceDefaults.Starting;

/// <summary>The part of the section <c>JubileeVerse:Clustering</c> for a process that may start before its dependencies.</summary>
public sealed class StartOptions
{
    /// <summary>
    /// How long a starting process waits for each of the store, Redis and, in a gateway, a silo. After that the process exits, so that its
    /// supervisor restarts it. 0 to 1 h; default 2 min.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan StartWait { get; set; } = TimeSpan.FromMinutes(2);
}
