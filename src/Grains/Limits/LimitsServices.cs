using JubileeVerse.Operations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Limits;

public static class LimitsServices
{
    /// <summary>Adds the limits of users and addresses. The call is idempotent, so each slice that needs the limits may make it.</summary>
    public static IServiceCollection AddLimits(this IServiceCollection services)
    {
        if (services.Any(service => service.ImplementationType == typeof(LimitsOptionsValidator)))
            return services;
        services.AddKnownOptions<LimitsOptions>(OptionSections.Limits);
        services.AddSingleton<IValidateOptions<LimitsOptions>, LimitsOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        return services;
    }
}
