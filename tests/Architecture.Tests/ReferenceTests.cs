using System.Reflection;

namespace JubileeVerse.Architecture.Tests;

public sealed class ReferenceTests
{
    private static readonly string[] Databases = ["Npgsql", "Microsoft.Data.Sqlite", "Dapper", "DbUp"];

    [Fact]
    public void Gateway_KnowsNoGrainAndNoDatabase() => ShouldNotRefer(Assemblies.Gateway, [.. Databases, "JubileeVerse.Grains", "JubileeVerse.Silo"]);

    [Fact]
    public void Grains_KnowNoGatewayAndNoSilo() => ShouldNotRefer(Assemblies.Grains, ["JubileeVerse.Gateway", "JubileeVerse.Silo", "StackExchange.Redis"]);

    [Fact]
    public void Interfaces_KnowNothingOfOurs() => ShouldNotRefer(
        Assemblies.Interfaces, [.. Databases, "JubileeVerse.Grains", "JubileeVerse.Gateway", "JubileeVerse.Silo", "JubileeVerse.ServiceDefaults", "Microsoft.AspNetCore"]);

    [Fact]
    public void ServiceDefaults_KnowNoGrainAndNoGateway() =>
        ShouldNotRefer(Assemblies.ServiceDefaults, [.. Databases, "JubileeVerse.Grains", "JubileeVerse.Gateway", "JubileeVerse.Silo"]);

    /// <summary>A name stands for the assembly and for the family that begins with it; but the grains' interfaces are everyone's.</summary>
    private static void ShouldNotRefer(Assembly assembly, IReadOnlyCollection<string> forbidden)
    {
        var found = assembly.GetReferencedAssemblies()
            .Select(reference => reference.Name!)
            .Where(name => name != Assemblies.Interfaces.GetName().Name)
            .Where(name => forbidden.Any(other => name == other || name.StartsWith($"{other}.", StringComparison.OrdinalIgnoreCase)
                || name.StartsWith($"{other}-", StringComparison.OrdinalIgnoreCase)));

        Assert.Empty(found);
    }
}
