using System.Data.Common;
using JubileeVerse.Operations;
using JubileeVerse.ServiceDefaults.Starting;
using JubileeVerse.Storage;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Silo;

/// <summary>
/// Brings the store up to date before anything else of the host starts: Orleans reads its queries from it. Waits for a store that comes later.
/// </summary>
internal sealed class StoreMigration(IMigrator migrator, IOptions<StartOptions> options, TimeProvider time, ILogger<StoreMigration> logger)
    : IHostedLifecycleService
{
    private static readonly string Setting = $"{OptionSections.Path(OptionSections.Storage)}:{nameof(StorageOptions.ConnectionString)}";

    public Task StartingAsync(CancellationToken cancellationToken) =>
        new Patience("The store", Setting, options.Value.StartWait, time, logger).TryAsync(migrator.ApplyAsync, IsAway, cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>What passes by itself; a wrong password or a broken script does not.</summary>
    private static bool IsAway(Exception exception) =>
        exception is DbException { IsTransient: true } || (exception.InnerException is { } inner && IsAway(inner));
}
