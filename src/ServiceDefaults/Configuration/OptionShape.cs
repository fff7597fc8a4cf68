using System.Collections;
using System.ComponentModel;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace JubileeVerse.ServiceDefaults.Configuration;

/// <summary>The keys that may stand at one place of the configuration, found by reflection over option types.</summary>
internal sealed class OptionShape
{
    private const int MaxDepth = 8;

    private readonly Dictionary<string, OptionShape> _keys = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>What any key leads to, for lists and dictionaries; null elsewhere.</summary>
    private OptionShape? _anyKey;

    public IReadOnlyCollection<string> Names => _keys.Keys;

    public OptionShape? Below(string key) => _keys.TryGetValue(key, out var shape) ? shape : _anyKey;

    /// <summary>The shape at a path such as <c>Queues:AiResponse</c>, made where there is none yet.</summary>
    public OptionShape At(string path)
    {
        var shape = this;
        foreach (var key in path.Split(ConfigurationPath.KeyDelimiter))
        {
            if (!shape._keys.TryGetValue(key, out var below))
                shape._keys[key] = below = new OptionShape();
            shape = below;
        }

        return shape;
    }

    public void Add(Type type) => Add(type, 0);

    private void Add(Type type, int depth)
    {
        if (depth > MaxDepth || IsScalar(type))
            return;

        if (ElementOf(type) is { } element)
        {
            _anyKey ??= new OptionShape();
            _anyKey.Add(element, depth + 1);
            return;
        }

        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.GetIndexParameters().Length == 0)
                At(property.GetCustomAttribute<ConfigurationKeyNameAttribute>()?.Name ?? property.Name).Add(property.PropertyType, depth + 1);
        }
    }

    /// <summary>The binder's own rule: what a type converter can make from text has no keys below it.</summary>
    private static bool IsScalar(Type type) =>
        type == typeof(object) || TypeDescriptor.GetConverter(Nullable.GetUnderlyingType(type) ?? type).CanConvertFrom(typeof(string));

    private static Type? ElementOf(Type type)
    {
        if (!typeof(IEnumerable).IsAssignableFrom(type))
            return null;

        var interfaces = type.IsInterface ? type.GetInterfaces().Append(type) : type.GetInterfaces();
        var generic = interfaces.Where(i => i.IsGenericType).ToArray();
        return (generic.FirstOrDefault(i => i.GetGenericTypeDefinition() is var g && (g == typeof(IDictionary<,>) || g == typeof(IReadOnlyDictionary<,>)))
            ?? generic.FirstOrDefault(i => i.GetGenericTypeDefinition() == typeof(IEnumerable<>)))?.GetGenericArguments()[^1];
    }
}
