using JubileeVerse.Storage;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace JubileeVerse.Silo;

/// <summary>The Orleans grain storage, for small state that one grain overwrites. Lists and growing data are in tables instead.</summary>
internal static class GrainStorage
{
    public static ISiloBuilder AddRelationalGrainStorage(this ISiloBuilder silo) =>
        silo.AddAdoNetGrainStorageAsDefault((OptionsBuilder<AdoNetGrainStorageOptions> options) =>
            options.Configure<GrainStorageSource>((storage, source) =>
            {
                storage.Invariant = source.Invariant;
                storage.DataSource = source.DataSource;
            }));
}
