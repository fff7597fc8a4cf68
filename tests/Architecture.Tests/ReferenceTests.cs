using System.Reflection;

namespace JubileeVerse.Architecture.Tests;

public sealed class ReferenceTests
{
    private static readonly string[] Databases = ["Npgsql", "Microsoft.Data.Sqlite", "Dapper", "DbUp"];

    [Fact]
    public void Gateway_ReferencesNoGrainsAndNoDatabase() =>
        ShouldNotReference(Assemblies.Gateway, [.. Databases, "JubileeVerse.Grains", "JubileeVerse.Silo"]);

    [Fact]
    public void Grains_ReferenceNoGatewayAndNoSilo() =>
        ShouldNotReference(Assemblies.Grains, ["JubileeVerse.Gateway", "JubileeVerse.Silo", "StackExchange.Redis"]);

    [Fact]
    public void Interfaces_ReferenceNoOtherProject() => ShouldNotReference(
        Assemblies.Interfaces,
        [
            .. Databases, "JubileeVerse.Grains", "JubileeVerse.Gateway", "JubileeVerse.Silo", "JubileeVerse.ServiceDefaults",
            "Microsoft.AspNetCore",
        ]);

    [Fact]
    public void ServiceDefaults_ReferenceNoGrainsAndNoGateway() =>
        ShouldNotReference(Assemblies.ServiceDefaults, [.. Databases, "JubileeVerse.Grains", "JubileeVerse.Gateway", "JubileeVerse.Silo"]);

    /// <summary>
    /// A forbidden name also covers the names that extend it with a dot or a hyphen. Every assembly may reference the grain interfaces.
    /// </summary>
    private static void ShouldNotReference(Assembly assembly, IReadOnlyCollection<string> forbidden)
    {
        var found = assembly.GetReferencedAssemblies()
            .Select(reference => reference.Name!)
            .Where(name => name != Assemblies.Interfaces.GetName().Name)
            .Where(name => forbidden.Any(other => name == other || name.StartsWith($"{other}.", StringComparison.OrdinalIgnoreCase)
                || name.StartsWith($"{other}-", StringComparison.OrdinalIgnoreCase)));

        Assert.Empty(found);
    }
}
