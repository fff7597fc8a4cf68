using System.Collections.Immutable;
using System.Reflection;
using JubileeVerse.Grains.Tests.Queues.Workers;
using JubileeVerse.Queues.State.Jobs;
using JubileeVerse.Queues.Store;

namespace JubileeVerse.Grains.Tests.Queues.Store;

/// <summary>Wraps a store: a commit that the load does not see precedes the first sweep of an activation.</summary>
public class LateInsert : DispatchProxy
{
    private IJobStore _store = null!;
    private Func<IJobStore, Task>? _commit;

    internal static IJobStore Wrap(IJobStore store, Func<IJobStore, Task> commit)
    {
        var proxy = Create<IJobStore, LateInsert>();
        ((LateInsert)(object)proxy)._store = store;
        ((LateInsert)(object)proxy)._commit = commit;
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (targetMethod!.Name != nameof(IJobStore.OpenSinceAsync) || (string)args![0]! != ScriptedProcessor.Name)
            return targetMethod.Invoke(_store, args);

        var late = Interlocked.Exchange(ref _commit, null)?.Invoke(_store) ?? Task.CompletedTask;
        return AfterAsync(late, () => (Task<ImmutableArray<StoredJob>>)targetMethod.Invoke(_store, args)!);
    }

    private static async Task<T> AfterAsync<T>(Task first, Func<Task<T>> then)
    {
        await first;
        return await then();
    }
}
