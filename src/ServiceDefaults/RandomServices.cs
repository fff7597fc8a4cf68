using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace JubileeVerse.ServiceDefaults;

/// <summary>Registers the source of random numbers for delays, ids and choices that are no secret.</summary>
public static class RandomServices
{
    /// <summary>May be called more than once. The instance is used by all threads.</summary>
    public static IServiceCollection AddRandom(this IServiceCollection services)
    {
#pragma warning disable RS0030 // The one place that injects it.
        services.TryAddSingleton(Random.Shared);
#pragma warning restore RS0030
        return services;
    }
}
