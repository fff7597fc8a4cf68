using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace JubileeVerse.ServiceDefaults.Configuration;

/// <summary>Registers the check for unknown configuration keys.</summary>
public static class ConfigurationCheckServices
{
    /// <summary>Declares that other kinds of processes read further keys of this section.</summary>
    public static IServiceCollection ShareSection(this IServiceCollection services, string section) =>
        services.AddSingleton(new SharedSection(section));

    internal static IServiceCollection AddConfigurationCheck(this IServiceCollection services)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<Microsoft.Extensions.Hosting.IHostedService, ConfigurationCheck>());
        return services;
    }
}
