using JubileeVerse.ServiceDefaults.Health;

namespace JubileeVerse.Silo.Health;

/// <summary>
/// The health checks of a silo in a cluster. Redis is not among them: while it is unavailable, no silo can join or be declared dead, but
/// everything else continues.
/// </summary>
internal static class SiloHealth
{
    public static void AddSiloHealth(this IServiceCollection services)
    {
        services.AddSingleton<IHealthProbe, MembershipProbe>();
        services.AddSingleton<IHealthProbe, StorageProbe>();
        services.AddSingleton<IHealthProbe, MembershipRowProbe>();
    }
}
