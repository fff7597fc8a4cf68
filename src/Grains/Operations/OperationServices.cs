using Microsoft.Extensions.DependencyInjection;

namespace JubileeVerse.Operations;

public static class OperationServices
{
    /// <summary>Adds the audit log. Requires the store, migrated before the host starts.</summary>
    public static IServiceCollection AddOperations(this IServiceCollection services) => services.AddHostedService<AuditSweeper>();
}
