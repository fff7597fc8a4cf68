using System.Data.Common;
using JubileeVerse.Operations;
using JubileeVerse.ServiceDefaults.Starting;
using JubileeVerse.Storage;
using JubileeVerse.Storage.Migrations;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Silo;

/// <summary>
/// Migrates the store before any other service of the host starts, because Orleans reads its queries from it. Waits for a store that is not
/// available yet.
/// </summary>
internal sealed class StoreMigration(IMigrator migrator, IOptions<StartOptions> options, TimeProvider time, ILogger<StoreMigration> logger)
    : IHostedLifecycleService
{
    private static readonly string Setting = $"{OptionSections.Path(OptionSections.Storage)}:{nameof(StorageOptions.ConnectionString)}";

    public Task StartingAsync(CancellationToken cancellationToken) =>
        new RetryWindow("The store", Setting, options.Value.StartWait, time, logger)
            .RunAsync(migrator.ApplyAsync, IsTransient, cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Transient faults only, such as a refused connection; a wrong password or a broken script is not transient.</summary>
    private static bool IsTransient(Exception exception) =>
        exception is DbException { IsTransient: true } || (exception.InnerException is { } inner && IsTransient(inner));
}
