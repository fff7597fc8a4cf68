using System.Reflection;
using Orleans.Concurrency;
using Orleans.Placement;

namespace JubileeVerse.Architecture.Tests;

public sealed class PlacementTests
{
    /// <summary>
    /// A grain without a declared strategy has Orleans' default, which changes between versions. ADR 5 lists the strategies and reasons.
    /// </summary>
    [Fact]
    public void Grains_DeclareTheirPlacement()
    {
        var undeclared = Assemblies.Grains.GetTypes()
            .Where(type => typeof(IGrain).IsAssignableFrom(type)
                && type is { IsClass: true, IsAbstract: false }
                && typeof(Grain).IsAssignableFrom(type))
            .Where(type => type.GetCustomAttribute<PlacementAttribute>() is null
                && type.GetCustomAttribute<StatelessWorkerAttribute>() is null)
            .Select(type => type.Name);

        Assert.Empty(undeclared);
    }
}
