using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace JubileeVerse.Personas;

public static class PersonaServices
{
    /// <summary>
    /// The catalogue of personas over the store. Needs <see cref="Storage.IDatabase"/> and <see cref="Storage.IWriteBatcher"/>,
    /// migrated before the silo's application services start.
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
