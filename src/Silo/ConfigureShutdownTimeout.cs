using JubileeVerse.Operations;
using JubileeVerse.Queues.Configuration;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Silo;

/// <summary>
/// Sets the shutdown timeout of a silo's host after its drain. A stop without a signal has no drain, so the grace period of jobs is
/// included.
/// </summary>
internal sealed class ConfigureShutdownTimeout(IConfiguration configuration) : IConfigureOptions<HostOptions>
{
    /// <summary>Time to deactivate grains and leave the membership, even while Redis is unavailable.</summary>
    public static readonly TimeSpan LeaveTimeout = TimeSpan.FromSeconds(40);

    private static readonly string GraceKey = $"{OptionSections.Path(OptionSections.Queues)}:{nameof(QueuesOptions.Grace)}";

    public void Configure(HostOptions options)
    {
        // Read from the configuration and not from the options, because the host reads its options before those have been validated.
        var grace = configuration.GetValue(GraceKey, new QueuesOptions().Grace);
        options.ShutdownTimeout = grace + LeaveTimeout;
    }
}
