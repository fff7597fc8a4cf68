using System.Collections.Concurrent;
using System.Reflection;

namespace JubileeVerse.Gateway.Tests.Fakes;

/// <summary>A grain factory of hand-written grains: the fake registered for an interface serves each of its keys.</summary>
public class FakeGrains : DispatchProxy
{
    private readonly ConcurrentDictionary<Type, Func<object, object>> _factories = new();
    private readonly ConcurrentDictionary<(Type, object), object> _grains = new();

    public static (IGrainFactory Factory, FakeGrains Grains) Create()
    {
        var factory = Create<IGrainFactory, FakeGrains>();
        return (factory, (FakeGrains)(object)factory);
    }

    public void Add<T>(Func<object, T> create)
        where T : class, IGrain => _factories[typeof(T)] = create;

    public void Add<T>(T grain)
        where T : class, IGrain => Add(_ => grain);

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var type = targetMethod!.GetGenericArguments()[0];
        if (targetMethod.Name == nameof(IGrainFactory.CreateObjectReference))
            return args![0];

        var key = args![0]!;
        return _grains.GetOrAdd((type, key), _ => _factories.TryGetValue(type, out var create)
            ? create(key)
            : throw new InvalidOperationException($"No fake for {type.Name}."));
    }
}
