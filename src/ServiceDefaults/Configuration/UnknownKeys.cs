using System.Reflection;
using JubileeVerse.Operations;
using Microsoft.Extensions.Configuration;

namespace JubileeVerse.ServiceDefaults.Configuration;

/// <summary>
/// Finds unknown keys below <c>JubileeVerse</c>, because a misspelt setting must not be silently ignored.
/// Sections that only other kinds of processes read are not checked.
/// </summary>
internal static class UnknownKeys
{
    private static readonly IReadOnlyList<string> SectionNames =
    [
        .. typeof(OptionSections).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(field => field.IsLiteral && field.Name != nameof(OptionSections.Root))
            .Select(field => (string)field.GetRawConstantValue()!),
    ];

    public static IReadOnlyList<UnknownKey> Find(
        IConfiguration configuration, IEnumerable<KnownOptions> known, IEnumerable<SharedSection> shared)
    {
        var shape = new OptionShape();
        foreach (var options in known)
            shape.GetOrAdd(options.Section).Add(options.Type);
        var sharedNames = shared.Select(section => section.Section).ToHashSet(StringComparer.OrdinalIgnoreCase);

        var found = new List<UnknownKey>();
        foreach (var section in configuration.GetSection(OptionSections.Root).GetChildren())
        {
            if (shape.FindChild(section.Key) is { } below)
                Collect(section, below, sharedNames.Contains(section.Key), found);
            else if (!SectionNames.Contains(section.Key, StringComparer.OrdinalIgnoreCase))
                found.Add(new UnknownKey(section.Path, NearestName.Find(section.Key, SectionNames), IsShared: false));
        }

        return found;
    }

    private static void Collect(IConfigurationSection section, OptionShape shape, bool isShared, List<UnknownKey> found)
    {
        foreach (var child in section.GetChildren())
        {
            if (shape.FindChild(child.Key) is { } below)
                Collect(child, below, isShared, found);
            else
                found.Add(new UnknownKey(child.Path, NearestName.Find(child.Key, shape.Names), isShared));
        }
    }
}
