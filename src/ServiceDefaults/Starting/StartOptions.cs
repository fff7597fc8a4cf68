using System.ComponentModel.DataAnnotations;

namespace JubileeVerse.ServiceDefaults.Starting;

/// <summary>Of the section <c>JubileeVerse:Clustering</c>: the start of a process whose dependencies may come after it.</summary>
public sealed class StartOptions
{
    /// <summary>
    /// How long a process that starts waits for the store, for Redis and, if it is a gateway, for a silo; for each of them.
    /// Then it ends, for whoever runs it to start it anew. 0 to 1 h; default 2 min.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan StartWait { get; set; } = TimeSpan.FromMinutes(2);
}
