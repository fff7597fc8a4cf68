using System.Text.RegularExpressions;

namespace JubileeVerse.Architecture.Tests;

public sealed partial class GrainTests
{
    private const int MaxDependencies = 10;

    /// <summary>The classes with more dependencies than <see cref="MaxDependencies"/>. The list only becomes shorter.</summary>
    private static readonly string[] ManyDependencies = [];

    /// <summary>The suffix shows a reader that a call is a call over the network.</summary>
    [Fact]
    public void Grains_AreNamedAfterWhatTheyAre()
    {
        var misnamed = GrainTypes().Where(type => !type.Name.EndsWith("Grain", StringComparison.Ordinal)).Select(type => type.Name);

        Assert.Empty(misnamed);
    }

    /// <summary>The code after such an await would run outside of the grain's scheduler, beside other calls of the same grain.</summary>
    [Fact]
    public void Grains_StayOnTheirScheduler()
    {
        var leaving = Repository.Sources("src/Grains")
            .Where(file => GrainFile().IsMatch(file.Path) && file.Text.Contains("ConfigureAwait(false)", StringComparison.Ordinal))
            .Select(file => file.Path);

        Assert.Empty(leaving);
    }

    [Fact]
    public void Classes_HaveAtMost10Dependencies()
    {
        Type[] types = [.. Assemblies.Grains.GetTypes(), .. Assemblies.Gateway.GetTypes(), .. Assemblies.ServiceDefaults.GetTypes()];
        var crowded = types
            .Where(type => type is { IsClass: true, Namespace: not null } && !IsData(type)
                && type.Namespace.StartsWith("JubileeVerse", StringComparison.Ordinal))
            .Select(type => (type.Name, Count: type.GetConstructors().Select(made => made.GetParameters().Length).DefaultIfEmpty().Max()))
            .Where(type => type.Count > MaxDependencies && !ManyDependencies.Contains(type.Name))
            .Select(type => $"{type.Name}: {type.Count}");

        Assert.Empty(crowded);
    }

    private static IEnumerable<Type> GrainTypes() => Assemblies.Interfaces.GetTypes()
        .Concat(Assemblies.Grains.GetTypes())
        .Where(type => typeof(IGrain).IsAssignableFrom(type) && (type.IsInterface || typeof(Grain).IsAssignableFrom(type)));

    /// <summary>A record's parameters are its content and not what it depends on.</summary>
    private static bool IsData(Type type) => type.GetMethod("<Clone>$") is not null;

    /// <summary>A grain and its partial files.</summary>
    [GeneratedRegex(@"Grain(?:\.\w+)?\.cs$")]
    private static partial Regex GrainFile();
}
