using JubileeVerse.Operations;
using JubileeVerse.ServiceDefaults;
using JubileeVerse.ServiceDefaults.Starting;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Gateway;

/// <summary>
/// Retries the first connection to the cluster, because a gateway may start before any silo. If no silo is found within
/// <see cref="StartOptions.StartWait"/>, startup fails and the process supervisor restarts the gateway.
/// </summary>
internal sealed class ClusterConnectionRetry(
    IOptions<StartOptions> options, IOptions<ClusterNames> names, TimeProvider time, ILogger<ClusterConnectionRetry> logger)
    : IClientConnectionRetryFilter
{
    private static readonly string Setting = $"{OptionSections.Path(OptionSections.Clustering)}:{nameof(ClusterNames.ClusterId)}";

    private readonly RetryWindow _retryWindow = new(
        $"A silo of the cluster '{names.Value.ClusterId}'", Setting, options.Value.StartWait, time, logger);

    public async Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken)
    {
        await _retryWindow.DelayAfterFailureAsync(exception, cancellationToken);
        return true;
    }
}
