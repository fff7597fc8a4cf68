using System.Reflection;
using Orleans.Concurrency;
using Orleans.Placement;

namespace JubileeVerse.Architecture.Tests;

public sealed class PlacementTests
{
    /// <summary>A strategy that nobody chose would be Orleans' default, which changes between its versions; ADR 5 says which and why.</summary>
    [Fact]
    public void Grains_SayWhereTheyArePlaced()
    {
        var silent = Assemblies.Grains.GetTypes()
            .Where(type => typeof(IGrain).IsAssignableFrom(type) && type is { IsClass: true, IsAbstract: false } && typeof(Grain).IsAssignableFrom(type))
            .Where(type => type.GetCustomAttribute<PlacementAttribute>() is null && type.GetCustomAttribute<StatelessWorkerAttribute>() is null)
            .Select(type => type.Name);

        Assert.Empty(silent);
    }
}
