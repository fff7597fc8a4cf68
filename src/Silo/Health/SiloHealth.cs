using JubileeVerse.ServiceDefaults.Health;

namespace JubileeVerse.Silo.Health;

/// <summary>
/// What a silo of a cluster stands on. Redis is not among it: while it is away nobody joins or is declared dead, and everything else goes on.
/// </summary>
internal static class SiloHealth
{
    public static void AddSiloHealth(this IServiceCollection services)
    {
        services.AddSingleton<IHealthProbe, MembershipProbe>();
        services.AddSingleton<IHealthProbe, StorageProbe>();
        services.AddSingleton<IHealthProbe, OwnRowProbe>();
    }
}
