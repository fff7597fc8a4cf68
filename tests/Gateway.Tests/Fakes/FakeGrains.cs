using System.Collections.Concurrent;
using System.Reflection;

namespace JubileeVerse.Gateway.Tests.Fakes;

/// <summary>A cluster of hand-written grains: what is registered for an interface answers for each of its keys.</summary>
public class FakeGrains : DispatchProxy
{
    private readonly ConcurrentDictionary<Type, Func<object, object>> _makers = new();
    private readonly ConcurrentDictionary<(Type, object), object> _made = new();

    public static (IGrainFactory Factory, FakeGrains Grains) Create()
    {
        var factory = Create<IGrainFactory, FakeGrains>();
        return (factory, (FakeGrains)(object)factory);
    }

    public void Add<T>(Func<object, T> make)
        where T : class, IGrain => _makers[typeof(T)] = make;

    public void Add<T>(T grain)
        where T : class, IGrain => Add(_ => grain);

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var type = targetMethod!.GetGenericArguments()[0];
        if (targetMethod.Name == nameof(IGrainFactory.CreateObjectReference))
            return args![0];

        var key = args![0]!;
        return _made.GetOrAdd((type, key), _ => _makers.TryGetValue(type, out var make)
            ? make(key)
            : throw new InvalidOperationException($"No fake for {type.Name}."));
    }
}
