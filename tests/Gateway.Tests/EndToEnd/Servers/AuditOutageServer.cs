using JubileeVerse.Operations;
using Microsoft.Extensions.DependencyInjection;

namespace JubileeVerse.Gateway.Tests.EndToEnd.Servers;

/// <summary>A server whose audit log rejects every write.</summary>
public sealed class AuditOutageServer : StandaloneServer
{
    protected override void AddServices(IServiceCollection services) =>
        services.AddSingleton<IOutgoingGrainCallFilter, AuditFailureFilter>();

    private sealed class AuditFailureFilter : IOutgoingGrainCallFilter
    {
        public Task Invoke(IOutgoingGrainCallContext context) =>
            context.InterfaceMethod?.DeclaringType == typeof(IAuditLogGrain) && context.MethodName == nameof(IAuditLogGrain.BeginAsync)
                ? Task.FromException(new TimeoutException("Scripted: the entry was lost."))
                : context.Invoke();
    }
}
