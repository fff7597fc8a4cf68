using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Operations;

/// <summary>Registers options that are bound to their section and validated when the host starts, reporting all faults at once.</summary>
public static class ValidatedOptions
{
    public static OptionsBuilder<T> AddValidatedOptions<T>(this IServiceCollection services, string section)
        where T : class
    {
        services.AddSingleton(new KnownOptions(section, typeof(T)));
        return services.AddOptions<T>()
            .BindConfiguration(OptionSections.Path(section))
            .ValidateDataAnnotations()
            .ValidateOnStart();
    }
}
