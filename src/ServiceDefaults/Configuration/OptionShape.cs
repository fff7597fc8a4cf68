using System.Collections;
using System.ComponentModel;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace JubileeVerse.ServiceDefaults.Configuration;

/// <summary>The known keys below one configuration path, found by reflection over option types.</summary>
internal sealed class OptionShape
{
    private const int MaxDepth = 8;

    private readonly Dictionary<string, OptionShape> _keys = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The shape below any key of a list or dictionary; null otherwise.</summary>
    private OptionShape? _elements;

    public IReadOnlyCollection<string> Names => _keys.Keys;

    public OptionShape? FindChild(string key) => _keys.TryGetValue(key, out var shape) ? shape : _elements;

    /// <summary>Gets the shape at a path such as <c>Queues:AiResponse</c>, or adds it.</summary>
    public OptionShape GetOrAdd(string path)
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
            _elements ??= new OptionShape();
            _elements.Add(element, depth + 1);
            return;
        }

        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.GetIndexParameters().Length > 0)
                continue;
            var key = property.GetCustomAttribute<ConfigurationKeyNameAttribute>()?.Name ?? property.Name;
            GetOrAdd(key).Add(property.PropertyType, depth + 1);
        }
    }

    /// <summary>The rule of the configuration binder: a type that a converter can create from text has no keys below it.</summary>
    private static bool IsScalar(Type type) =>
        type == typeof(object) || TypeDescriptor.GetConverter(Nullable.GetUnderlyingType(type) ?? type).CanConvertFrom(typeof(string));

    private static Type? ElementOf(Type type)
    {
        if (!typeof(IEnumerable).IsAssignableFrom(type))
            return null;

        var interfaces = type.IsInterface ? type.GetInterfaces().Append(type) : type.GetInterfaces();
        var generic = interfaces.Where(i => i.IsGenericType).ToArray();
        var dictionary = generic.FirstOrDefault(i =>
            i.GetGenericTypeDefinition() is var g && (g == typeof(IDictionary<,>) || g == typeof(IReadOnlyDictionary<,>)));
        var enumerable = generic.FirstOrDefault(i => i.GetGenericTypeDefinition() == typeof(IEnumerable<>));
        return (dictionary ?? enumerable)?.GetGenericArguments()[^1];
    }
}
