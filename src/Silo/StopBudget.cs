using JubileeVerse.Queues;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Silo;

/// <summary>
/// How long the host of a silo may take to stop, once its drain is over. A stop that no signal asked for has no drain, so the jobs' grace
/// is part of it.
/// </summary>
internal sealed class StopBudget(IOptions<QueuesOptions> queues) : IConfigureOptions<HostOptions>
{
    /// <summary>To deactivate grains and leave the membership, with Redis away, too.</summary>
    public static readonly TimeSpan Leaving = TimeSpan.FromSeconds(40);

    public void Configure(HostOptions options) => options.ShutdownTimeout = queues.Value.Grace + Leaving;
}
