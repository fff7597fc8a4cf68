using JubileeVerse.Storage;
using JubileeVerse.Testing.Storage;

namespace JubileeVerse.Grains.Tests.Storage;

/// <summary>A silo whose grain storage is the tested store.</summary>
public abstract class GrainStorageCluster(StoreFixture store) : StoreCluster(store, silo =>
{
    silo.UseSystemTextJsonGrainStorageSerializer();
    silo.AddAdoNetGrainStorage(Name, options => options.Configure<GrainStorageSource>((storage, source) =>
    {
        storage.Invariant = source.Invariant;
        storage.DataSource = source.DataSource;
    }));
})
{
    public const string Name = "state";
}
