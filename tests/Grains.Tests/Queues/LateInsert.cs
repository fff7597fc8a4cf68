using System.Collections.Immutable;
using System.Reflection;
using JubileeVerse.Queues.State;
using JubileeVerse.Queues.Store;

namespace JubileeVerse.Queues;

/// <summary>A store where the first sweep of an activation is preceded by a commit that the load did not see.</summary>
public class LateInsert : DispatchProxy
{
    private IJobStore _store = null!;
    private Func<IJobStore, Task>? _commit;

    internal static IJobStore Over(IJobStore store, Func<IJobStore, Task> commit)
    {
        var proxy = Create<IJobStore, LateInsert>();
        ((LateInsert)(object)proxy)._store = store;
        ((LateInsert)(object)proxy)._commit = commit;
        return proxy;
    }

    protected override object? Invoke(MethodInfo? method, object?[]? args)
    {
        if (method!.Name != nameof(IJobStore.OpenSinceAsync) || (string)args![0]! != ScriptedProcessor.Name)
            return method.Invoke(_store, args);

        var late = Interlocked.Exchange(ref _commit, null)?.Invoke(_store) ?? Task.CompletedTask;
        return AfterAsync(late, () => (Task<ImmutableArray<StoredJob>>)method.Invoke(_store, args)!);
    }

    private static async Task<T> AfterAsync<T>(Task first, Func<Task<T>> then)
    {
        await first;
        return await then();
    }
}
