using JubileeVerse.Operations;
using JubileeVerse.Storage;
using JubileeVerse.Storage.Dialects;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Silo;

/// <summary>Rejects SQLite for a cluster, because it is a file of one process: each silo would have its own data.</summary>
internal sealed class ClusterStorageValidator : IValidateOptions<StorageOptions>
{
    public ValidateOptionsResult Validate(string? name, StorageOptions options) => options.Provider == StorageProvider.Sqlite
        ? ValidateOptionsResult.Fail(
            $"{OptionSections.Path(OptionSections.Storage)}:{nameof(options.Provider)} must be {StorageProvider.PostgreSql} "
            + $"for a silo of a cluster: {StorageProvider.Sqlite} is a file of one process.")
        : ValidateOptionsResult.Success;
}
