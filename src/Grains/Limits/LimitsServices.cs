using JubileeVerse.Operations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Limits;

public static class LimitsServices
{
    /// <summary>The limits of people and addresses. May be called by each slice that asks for them.</summary>
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
