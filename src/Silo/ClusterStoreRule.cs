using JubileeVerse.Operations;
using JubileeVerse.Storage;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Silo;

/// <summary>SQLite is one file of one process: silos of a cluster would each have a truth of their own.</summary>
internal sealed class ClusterStoreRule : IValidateOptions<StorageOptions>
{
    public ValidateOptionsResult Validate(string? name, StorageOptions options) => options.Provider == StorageProvider.Sqlite
        ? ValidateOptionsResult.Fail(
            $"{OptionSections.Path(OptionSections.Storage)}:{nameof(options.Provider)} must be {StorageProvider.PostgreSql} for a silo of a cluster: "
            + $"{StorageProvider.Sqlite} is a file of one process.")
        : ValidateOptionsResult.Success;
}
