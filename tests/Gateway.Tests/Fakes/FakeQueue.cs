using System.Collections.Immutable;
using System.Reflection;
using JubileeVerse.Queues;

namespace JubileeVerse.Gateway.Tests.Fakes;

/// <summary>One queue with one worker, and the list of queues that names it.</summary>
public class FakeQueue : DispatchProxy
{
    public const string Name = "ai-response";

    private string _worker = "";

    public static T Create<T>(string worker)
        where T : class
    {
        var queue = Create<T, FakeQueue>();
        ((FakeQueue)(object)queue)._worker = worker;
        return queue;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod!.Name switch
    {
        nameof(IQueueQueriesGrain.NamesAsync) => Task.FromResult(ImmutableArray.Create(Name)),
        nameof(IQueueGrain.WorkersAsync) => Task.FromResult(ImmutableArray.Create(new QueueWorker(_worker, 10, 4, default, "1.2.3"))),
        _ => throw new NotSupportedException(targetMethod.Name),
    };
}
