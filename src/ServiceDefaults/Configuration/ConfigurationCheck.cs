using JubileeVerse.Operations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace JubileeVerse.ServiceDefaults.Configuration;

/// <summary>Refuses to start with unknown keys, before any other service of the host has started.</summary>
internal sealed partial class ConfigurationCheck(
    IConfiguration configuration,
    IEnumerable<KnownOptions> known,
    IEnumerable<SharedSection> shared,
    ILogger<ConfigurationCheck> logger) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        var unknown = UnknownKeys.Find(configuration, known, shared);
        foreach (var key in unknown.Where(key => key.IsShared))
            LogUnknownHere(key);

        var refused = unknown.Where(key => !key.IsShared).ToArray();
        return refused.Length == 0 ? Task.CompletedTask : throw new UnknownConfigurationException(refused);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(Level = LogLevel.Warning, Message = "This process does not know the key {Key}; another kind may.")]
    private partial void LogUnknownHere(UnknownKey key);
}
