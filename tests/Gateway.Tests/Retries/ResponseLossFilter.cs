using System.Collections.Concurrent;
using JubileeVerse.Operations;

namespace JubileeVerse.Gateway.Tests.Retries;

/// <summary>
/// Runs each call of a client but loses the first response of each idempotent method, as a silo does that dies after the call has run.
/// </summary>
internal sealed class ResponseLossFilter : IIncomingGrainCallFilter
{
    private readonly ConcurrentDictionary<string, int> _calls = [];

    public int CallCountOf(string method) => _calls.GetValueOrDefault(method);

    public async Task Invoke(IIncomingGrainCallContext context)
    {
        await context.Invoke();
        if (context.SourceId?.IsClient() != true || context.InterfaceMethod?.IsDefined(typeof(IdempotentAttribute), inherit: false) != true)
            return;

        var method = $"{context.InterfaceMethod.DeclaringType!.Name}.{context.InterfaceMethod.Name}";
        if (_calls.AddOrUpdate(method, 1, static (_, count) => count + 1) == 1)
            throw new SiloUnavailableException("The response is lost.");
    }
}
