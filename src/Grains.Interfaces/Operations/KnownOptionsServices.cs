using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Operations;

/// <summary>Registers the options that a process reads. Every section of every process is registered here, and in no other way.</summary>
public static class KnownOptionsServices
{
    /// <summary>
    /// Binds <typeparamref name="T"/> to <c>JubileeVerse:{section}</c>, validates its annotations at start, and registers its keys as
    /// known, because unknown keys fail the start. Several types may share a section; then the keys of all of them are known.
    /// </summary>
    public static OptionsBuilder<T> AddKnownOptions<T>(this IServiceCollection services, string section)
        where T : class, new() => services
        .AddSingleton(new KnownOptions(section, typeof(T)))
        .Bind<T>(section, Options.DefaultName);

    /// <summary>The same for a type that several sections have, each with a name and with defaults of its own.</summary>
    public static OptionsBuilder<T> AddKnownOptions<T>(
        this IServiceCollection services, string section, string name, Action<T> configureDefaults)
        where T : class, new()
    {
        var defaults = new T();
        configureDefaults(defaults);
        services.Configure(name, configureDefaults);
        return services.AddSingleton(new KnownOptions(section, typeof(T), defaults)).Bind<T>(section, name);
    }

    private static OptionsBuilder<T> Bind<T>(this IServiceCollection services, string section, string name)
        where T : class, new()
    {
        var path = OptionSections.Path(section);
        services.AddSingleton<IValidateOptions<T>>(new AnnotationValidator<T>(name, path));
        return services.AddOptions<T>(name).BindConfiguration(path).ValidateOnStart();
    }
}
