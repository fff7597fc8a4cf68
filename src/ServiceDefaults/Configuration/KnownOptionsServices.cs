using JubileeVerse.Operations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace JubileeVerse.ServiceDefaults.Configuration;

/// <summary>Registers the options that a host reads.</summary>
public static class KnownOptionsServices
{
    /// <summary>
    /// Binds <typeparamref name="T"/> to <c>JubileeVerse:{section}</c>, validates it at start, and registers its keys as known, because
    /// unknown keys fail the start. Several types may share a section; then the keys of all of them are known.
    /// </summary>
    public static OptionsBuilder<T> AddKnownOptions<T>(this IServiceCollection services, string section)
        where T : class
    {
        services.AddSingleton(new KnownOptions(section, typeof(T)));
        return services.AddOptions<T>().BindConfiguration(OptionSections.Path(section)).ValidateOnStart();
    }

    /// <summary>Declares that other kinds of processes read further keys of this section.</summary>
    public static IServiceCollection ShareSection(this IServiceCollection services, string section) =>
        services.AddSingleton(new SharedSection(section));

    internal static IServiceCollection AddConfigurationCheck(this IServiceCollection services)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<Microsoft.Extensions.Hosting.IHostedService, ConfigurationCheck>());
        return services;
    }
}
