using JubileeVerse.Operations;
using JubileeVerse.ServiceDefaults.Configuration;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace JubileeVerse.ServiceDefaults.Management;

/// <summary>Where a process listens for operators and their machines.</summary>
public static class ManagementListener
{
    private const string UrlsKey = "urls";

    private static readonly string UrlKey = $"{OptionSections.Path(OptionSections.Management)}:{nameof(ManagementOptions.Url)}";

    /// <summary>The process has no other listener, so <c>--urls</c> says where this one is.</summary>
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

    /// <summary>A listener beside the main one, which has been named before.</summary>
    public static void AddManagementBeside(this WebApplicationBuilder builder)
    {
        AddOptions(builder.Services);
        int? port = null;
        // What cannot be parsed is refused at start, with everything else that is wrong.
        if (ManagementUrl.TryParse(Url(builder.Configuration), out var address))
        {
            builder.WebHost.UseUrls([.. MainUrls(builder.Configuration), address.ToString()]);
            port = address.Port;
        }

        builder.Services.AddSingleton(new ManagementDoor(port));
    }

    /// <summary>Where the main listener answers the probes anyway, there is no second one unless the configuration asks for it.</summary>
    public static void AddNoManagementByDefault(this IConfigurationManager configuration) =>
        configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = [KeyValuePair.Create<string, string?>(UrlKey, "")] });

    /// <summary>See <see cref="ManagementOptions.Dashboard"/>. Needed before there are options: what collects for it is registered or not.</summary>
    public static bool HasDashboard(this IConfiguration configuration) =>
        configuration.GetSection(OptionSections.Path(OptionSections.Management)).Get<ManagementOptions>()?.Dashboard ?? new ManagementOptions().Dashboard;

    private static void AddOptions(IServiceCollection services)
    {
        services.AddKnownOptions<ManagementOptions>(OptionSections.Management);
        services.AddSingleton<IValidateOptions<ManagementOptions>, ManagementOptionsValidator>();
    }

    private static string Url(IConfiguration configuration) => configuration[UrlKey] ?? new ManagementOptions().Url;

    /// <summary>As the web server reads them: addresses, or else ports on every address.</summary>
    private static IEnumerable<string> MainUrls(IConfiguration configuration) => Parts(configuration, UrlsKey) is { Length: > 0 } urls
        ? urls
        : [.. Parts(configuration, "http_ports").Select(port => $"http://*:{port}"), .. Parts(configuration, "https_ports").Select(port => $"https://*:{port}")];

    private static string[] Parts(IConfiguration configuration, string key) =>
        configuration[key]?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}
