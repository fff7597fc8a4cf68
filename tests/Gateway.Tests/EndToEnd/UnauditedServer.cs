using JubileeVerse.Operations;
using Microsoft.Extensions.DependencyInjection;

namespace JubileeVerse.Gateway.Tests.EndToEnd;

/// <summary>A server whose audit log cannot be written to.</summary>
public sealed class UnauditedServer : StandaloneServer
{
    protected override void AddServices(IServiceCollection services) => services.AddSingleton<IOutgoingGrainCallFilter, LostEntries>();

    private sealed class LostEntries : IOutgoingGrainCallFilter
    {
        public Task Invoke(IOutgoingGrainCallContext context) =>
            context.InterfaceMethod?.DeclaringType == typeof(IAuditLog) && context.MethodName == nameof(IAuditLog.BeginAsync)
                ? Task.FromException(new TimeoutException("Scripted: the entry was lost."))
                : context.Invoke();
    }
}
