using System.Collections.Concurrent;
using JubileeVerse.Operations;

namespace JubileeVerse.Gateway.Tests.Retries;

/// <summary>A silo that does what a client asks and then loses the first answer of each method, as one does that dies at the wrong moment.</summary>
internal sealed class LostAnswers : IIncomingGrainCallFilter
{
    private readonly ConcurrentDictionary<string, int> _calls = [];

    public int CallsOf(string method) => _calls.GetValueOrDefault(method);

    public async Task Invoke(IIncomingGrainCallContext context)
    {
        await context.Invoke();
        if (context.SourceId?.IsClient() != true || context.InterfaceMethod?.IsDefined(typeof(IdempotentAttribute), inherit: false) != true)
            return;

        var method = $"{context.InterfaceMethod.DeclaringType!.Name}.{context.InterfaceMethod.Name}";
        if (_calls.AddOrUpdate(method, 1, static (_, count) => count + 1) == 1)
            throw new SiloUnavailableException("The answer is lost.");
    }
}
