using JubileeVerse.Operations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Limits;

public static class LimitsServices
{
    /// <summary>Adds the limits of users and addresses. The call is idempotent, so each slice that needs the limits may make it.</summary>
    public static IServiceCollection AddLimits(this IServiceCollection services, IConfiguration configuration)
    {
        if (services.Any(service => service.ImplementationType == typeof(LimitsOptionsValidator)))
            return services;
        services.AddOptions<LimitsOptions>()
            .Bind(configuration.GetSection(OptionSections.Path(OptionSections.Limits)))
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<LimitsOptions>, LimitsOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        return services;
    }
}
