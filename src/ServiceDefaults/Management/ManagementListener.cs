using JubileeVerse.Operations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace JubileeVerse.ServiceDefaults.Management;

/// <summary>Configures the listener for operators and their tools.</summary>
public static class ManagementListener
{
    private const string UrlsKey = "urls";

    private static readonly string UrlKey = $"{OptionSections.Path(OptionSections.Management)}:{nameof(ManagementOptions.Url)}";

    /// <summary>Configures the management listener of a process without another listener. <c>--urls</c> overrides its address.</summary>
    public static void AddManagement(this WebApplicationBuilder builder)
    {
        AddOptions(builder.Services);
        if (!string.IsNullOrEmpty(builder.Configuration[UrlsKey]))
            return;

        if (Url(builder.Configuration) is { Length: > 0 } url)
            builder.WebHost.UseUrls(url);
        else
            builder.Services.AddSingleton<IServer, NoListener>();
    }

    /// <summary>Adds a management listener to a process with a main listener, whose address must be configured before.</summary>
    public static void AddManagementOnSeparatePort(this WebApplicationBuilder builder)
    {
        AddOptions(builder.Services);
        int? port = null;
        // An invalid URL is reported at start, together with all other faults of the configuration.
        if (ManagementUrl.TryParse(Url(builder.Configuration), out var address))
        {
            builder.WebHost.UseUrls([.. MainUrls(builder.Configuration), address.ToString()]);
            port = address.Port;
        }

        builder.Services.AddSingleton(new ManagementPortFilter(port));
    }

    /// <summary>
    /// Disables the separate listener unless it is configured, for a process whose main listener serves the probes as well.
    /// </summary>
    public static void DisableManagementByDefault(this IConfigurationManager configuration) =>
        configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = [KeyValuePair.Create<string, string?>(UrlKey, "")] });

    /// <summary>
    /// Reads <see cref="ManagementOptions.Dashboard"/>. It is needed before options are available, because it decides about registrations.
    /// </summary>
    public static bool HasDashboard(this IConfiguration configuration) =>
        configuration.GetSection(OptionSections.Path(OptionSections.Management)).Get<ManagementOptions>()?.Dashboard
            ?? new ManagementOptions().Dashboard;

    private static void AddOptions(IServiceCollection services)
    {
        services.AddKnownOptions<ManagementOptions>(OptionSections.Management);
        services.AddSingleton<IValidateOptions<ManagementOptions>, ManagementOptionsValidator>();
    }

    private static string Url(IConfiguration configuration) => configuration[UrlKey] ?? new ManagementOptions().Url;

    /// <summary>Reads the addresses like the web server: URLs, or otherwise ports on all addresses.</summary>
    private static IEnumerable<string> MainUrls(IConfiguration configuration) => Parts(configuration, UrlsKey) is { Length: > 0 } urls
        ? urls
        :
        [
            .. Parts(configuration, "http_ports").Select(port => $"http://*:{port}"),
            .. Parts(configuration, "https_ports").Select(port => $"https://*:{port}"),
        ];

    private static string[] Parts(IConfiguration configuration, string key) =>
        configuration[key]?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}
