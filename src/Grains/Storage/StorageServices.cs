using JubileeVerse.Operations;
using JubileeVerse.Storage.Batching;
using JubileeVerse.Storage.Dialects;
using JubileeVerse.Storage.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using Orleans.Serialization;

namespace JubileeVerse.Storage;

public static class StorageServices
{
    private const string ExceptionNamespace = "JubileeVerse";

    /// <summary>
    /// Adds the store: <see cref="IDatabase"/> for reads, <see cref="IWriteBatcher"/> for writes, <see cref="IMigrator"/> to run before
    /// both.
    /// </summary>
    public static IServiceCollection AddStorage(this IServiceCollection services)
    {
        services.AddKnownOptions<StorageOptions>(OptionSections.Storage);
        services.AddSingleton<IValidateOptions<StorageOptions>, StorageOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics();
        services.AddSingleton<StorageInstruments>();
        services.AddSingleton<IMigrator, Migrator>();
        services.AddSingleton(CreateDataSource);
        services.AddSingleton<IDatabase>(provider => IsPostgreSql(provider)
            ? ActivatorUtilities.CreateInstance<PostgreSqlDatabase>(provider)
            : ActivatorUtilities.CreateInstance<SqliteDatabase>(provider));
        services.AddSingleton<IWriteSink>(provider => IsPostgreSql(provider)
            ? ActivatorUtilities.CreateInstance<PostgreSqlWriteSink>(provider)
            : ActivatorUtilities.CreateInstance<SqliteWriteSink>(provider));
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<BatchCommitter>(
            provider, provider.GetRequiredService<IOptions<StorageOptions>>().Value));
        services.AddSingleton<IWriteBatcher, WriteBatcher>();
        services.AddSingleton(GrainStorageSource.Create);
        services.AddSingleton<IIncomingGrainCallFilter, StoreFaultFilter>();
        // Between silos Orleans serializes only the framework's exceptions; without this prefix ours would fail with a missing codec.
        services.Configure<ExceptionSerializationOptions>(exceptions => exceptions.SupportedNamespacePrefixes.Add(ExceptionNamespace));
        return services;
    }

    private static bool IsPostgreSql(IServiceProvider provider) =>
        provider.GetRequiredService<IOptions<StorageOptions>>().Value.Provider == StorageProvider.PostgreSql;

    private static NpgsqlDataSource CreateDataSource(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<StorageOptions>>().Value;
        return new NpgsqlDataSourceBuilder(ConnectionStrings.PostgreSql(options))
            .UseLoggerFactory(provider.GetRequiredService<ILoggerFactory>())
            .Build();
    }
}
