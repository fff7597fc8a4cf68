using JubileeVerse.ServiceDefaults.Health;

namespace JubileeVerse.Gateway.Operations;

internal static class HealthServices
{
    public static void AddHealth(this IServiceCollection services)
    {
        services.AddSingleton<IHealthProbe, StorageProbe>();
        services.AddSingleton<IHealthProbe, ClusterProbe>();
        services.AddSingleton<HealthReporter>();
        services.AddSingleton<ClusterReporter>();
    }
}
