using System.Reflection;
using JubileeVerse.Queues.Store;

namespace JubileeVerse.Grains.Tests.Queues.Store;

/// <summary>Wraps a store: the first call of one method fails before it has written anything.</summary>
public class StoreFault : DispatchProxy
{
    private IJobStore _store = null!;
    private string _method = "";
    private int _calls;

    internal static IJobStore Wrap(IJobStore store, string method)
    {
        var proxy = Create<IJobStore, StoreFault>();
        ((StoreFault)(object)proxy)._store = store;
        ((StoreFault)(object)proxy)._method = method;
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        targetMethod!.Name == _method && Interlocked.Increment(ref _calls) == 1
            ? Task.FromException(new TimeoutException("Scripted: the store does not answer."))
            : targetMethod.Invoke(_store, args);
}
