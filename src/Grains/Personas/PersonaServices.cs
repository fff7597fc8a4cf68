using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace JubileeVerse.Personas;

public static class PersonaServices
{
    /// <summary>
    /// Adds the persona catalog. Requires <see cref="JubileeVerse.Storage.Dialects.IDatabase"/> and
    /// <see cref="JubileeVerse.Storage.Batching.IWriteBatcher"/>, and a store that is migrated before the silo's application services
    /// start.
    /// </summary>
    public static IServiceCollection AddPersonas(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<IPersonaStore, SqlPersonaStore>();
        services.AddSingleton<PersonaCatalog>();
        services.AddSingleton<IPersonaCatalog>(provider => provider.GetRequiredService<PersonaCatalog>());
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, PersonaSeeder>();
        return services;
    }
}
