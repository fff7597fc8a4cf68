using JubileeVerse.Operations;
using JubileeVerse.Queues;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Silo;

/// <summary>
/// How long the host of a silo may take to stop, once its drain is over. A stop that no signal asked for has no drain, so the jobs' grace
/// is part of it.
/// </summary>
internal sealed class StopBudget(IConfiguration configuration) : IConfigureOptions<HostOptions>
{
    /// <summary>To deactivate grains and leave the membership, with Redis away, too.</summary>
    public static readonly TimeSpan Leaving = TimeSpan.FromSeconds(40);

    private static readonly string GraceKey = $"{OptionSections.Path(OptionSections.Queues)}:{nameof(QueuesOptions.Grace)}";

    public void Configure(HostOptions options)
    {
        // Not from the options: the host reads its own before those have been checked.
        var grace = configuration.GetValue(GraceKey, new QueuesOptions().Grace);
        options.ShutdownTimeout = grace + Leaving;
    }
}
