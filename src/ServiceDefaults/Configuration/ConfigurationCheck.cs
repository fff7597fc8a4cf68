using JubileeVerse.Operations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace JubileeVerse.ServiceDefaults.Configuration;

/// <summary>Fails the start if the configuration has unknown keys, before any other service of the host starts.</summary>
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
            LogIgnoredKey(key);

        var unknownKeys = unknown.Where(key => !key.IsShared).ToArray();
        return unknownKeys.Length == 0 ? Task.CompletedTask : throw new UnknownConfigurationException(unknownKeys);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "This process does not know the configuration key {Key} and ignores it; another kind of process may read it.")]
    private partial void LogIgnoredKey(UnknownKey key);
}
