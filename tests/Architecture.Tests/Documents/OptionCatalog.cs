using System.Collections;
using System.Globalization;
using System.Reflection;
using JubileeVerse.Gateway;
using JubileeVerse.Operations;
using JubileeVerse.Silo;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace JubileeVerse.Architecture.Tests.Documents;

/// <summary>Every setting that a host reads, as the hosts register it.</summary>
internal static class OptionCatalog
{
    private const string None = "none";

    public static IReadOnlyCollection<OptionKey> All { get; } = KeysOf(Hosts().SelectMany(services => services));

    /// <summary>The settings that are registered with the services, by name.</summary>
    public static IReadOnlyCollection<OptionKey> KeysOf(IEnumerable<ServiceDescriptor> services) =>
    [
        .. services.Where(service => !service.IsKeyedService)
            .Select(service => service.ImplementationInstance)
            .OfType<KnownOptions>()
            .SelectMany(known => KeysOf(known.Section, known.Defaults ?? Activator.CreateInstance(known.Type)!))
            .Distinct()
            .OrderBy(key => key.Name, StringComparer.Ordinal),
    ];

    private static IEnumerable<IServiceCollection> Hosts()
    {
        var standalone = WebApplication.CreateSlimBuilder();
        standalone.AddStandaloneSilo();
        standalone.AddGateway();
        yield return standalone.Services;

        // The address is never used, because no host is started.
        string[] redis = [$"--{OptionSections.Path(OptionSections.Redis)}:ConnectionString=127.0.0.1:1"];
        var silo = WebApplication.CreateSlimBuilder(redis);
        silo.AddClusterSilo();
        yield return silo.Services;

        var gateway = WebApplication.CreateSlimBuilder(redis);
        gateway.AddClusterClient();
        gateway.AddGateway();
        yield return gateway.Services;
    }

    private static IEnumerable<OptionKey> KeysOf(string prefix, object options) => options.GetType()
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(property => property.CanWrite)
        .SelectMany(property => KeysOf($"{prefix}:{property.Name}", property.PropertyType, property.GetValue(options)));

    private static IEnumerable<OptionKey> KeysOf(string name, Type type, object? value)
    {
        if (!type.IsGenericType || Nullable.GetUnderlyingType(type) is not null)
            return IsGroup(type) ? KeysOf(name, value!) : [new OptionKey(name, TextOf(value))];

        var entry = type.GetGenericArguments()[^1];
        var placeholder = typeof(IDictionary).IsAssignableFrom(type) ? "<name>" : "<n>";
        return IsGroup(entry)
            ? KeysOf($"{name}:{placeholder}", Activator.CreateInstance(entry)!)
            : [new OptionKey($"{name}:{placeholder}", None)];
    }

    private static bool IsGroup(Type type) =>
        type.IsClass && type != typeof(string) && type.Namespace?.StartsWith("JubileeVerse", StringComparison.Ordinal) == true;

    private static string TextOf(object? value) => value switch
    {
        null or "" => None,
        bool flag => flag ? "true" : "false",
        TimeSpan time => time.ToString("c", CultureInfo.InvariantCulture),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };
}
