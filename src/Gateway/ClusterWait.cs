using JubileeVerse.Operations;
using JubileeVerse.ServiceDefaults;
using JubileeVerse.ServiceDefaults.Starting;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Gateway;

/// <summary>Silos may come later than gateways: a gateway that starts waits for one, and is started anew when none comes.</summary>
internal sealed class ClusterWait(IOptions<StartOptions> options, IOptions<ClusterNames> names, TimeProvider time, ILogger<ClusterWait> logger)
    : IClientConnectionRetryFilter
{
    private static readonly string Setting = $"{OptionSections.Path(OptionSections.Clustering)}:{nameof(ClusterNames.ClusterId)}";

    private readonly Patience _patience = new($"A silo of the cluster '{names.Value.ClusterId}'", Setting, options.Value.StartWait, time, logger);

    public async Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken)
    {
        await _patience.AfterFailureAsync(exception, cancellationToken);
        return true;
    }
}
