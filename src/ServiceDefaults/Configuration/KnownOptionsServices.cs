using JubileeVerse.Operations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace JubileeVerse.ServiceDefaults.Configuration;

/// <summary>How a host says which options it reads.</summary>
public static class KnownOptionsServices
{
    /// <summary>
    /// Binds <typeparamref name="T"/> to <c>JubileeVerse:{section}</c>, validates it at start, and makes its keys known to the check
    /// that refuses unknown ones. Several types may share a section: the keys of all are known.
    /// </summary>
    public static OptionsBuilder<T> AddKnownOptions<T>(this IServiceCollection services, string section)
        where T : class
    {
        services.AddSingleton(new KnownOptions(section, typeof(T)));
        return services.AddOptions<T>().BindConfiguration(OptionSections.Path(section)).ValidateOnStart();
    }

    /// <summary>Processes of another kind have keys of their own in this section.</summary>
    public static IServiceCollection ShareSection(this IServiceCollection services, string section) =>
        services.AddSingleton(new SharedSection(section));

    internal static IServiceCollection AddConfigurationCheck(this IServiceCollection services)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<Microsoft.Extensions.Hosting.IHostedService, ConfigurationCheck>());
        return services;
    }
}
