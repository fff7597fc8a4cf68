using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using JubileeVerse.Gateway.Limits;
using JubileeVerse.Operations;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace JubileeVerse.Gateway.Http;

/// <summary>Registers what all endpoints share: JSON options, body limits, forwarded headers, CORS, caching, the API document.</summary>
internal static class HttpServices
{
    public const string ShortCache = "short";

    private const string DefaultUrl = "http://127.0.0.1:3000";

    private static readonly TimeSpan PreflightMaxAge = TimeSpan.FromMinutes(10);

    /// <summary>Configuration keys that set the listen address; the default applies if none of them is set.</summary>
    private static readonly string[] AddressKeys = ["urls", "http_ports", "https_ports"];

    public static void AddHttp(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        if (AddressKeys.All(key => string.IsNullOrEmpty(builder.Configuration[key])))
            builder.WebHost.UseUrls(DefaultUrl);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = BodyLimit.MaxDiscardedBytes;
        });
        services.AddKnownOptions<HttpOptions>(OptionSections.Http);
        services.AddSingleton<IValidateOptions<HttpOptions>, HttpOptionsValidator>();
        services.AddSingleton<IConfigureOptions<ForwardedHeadersOptions>, TrustedProxies>();
        services.AddCors();
        services.AddOptions<CorsOptions>().Configure<IOptions<HttpOptions>>((cors, http) => cors.AddDefaultPolicy(policy => policy
            .WithOrigins([.. http.Value.AllowedOrigins])
            .AllowAnyHeader()
            .AllowAnyMethod()
            // Response headers that a page of another origin could not read otherwise.
            .WithExposedHeaders(HeaderNames.RetryAfter, HeaderNames.Location, RateLimits.PolicyHeader, RateLimits.LimitHeader)
            .SetPreflightMaxAge(PreflightMaxAge)
            .AllowCredentials()));
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.ConfigureHttpJsonOptions(json => ConfigureJson(json.SerializerOptions));
        // A changed persona catalogue is visible within a second, and any number of readers costs one grain call per second.
        services.AddOutputCache(cache => cache.AddPolicy(ShortCache, policy => policy.Expire(TimeSpan.FromSeconds(1)).SetVaryByQuery("*")));
        services.AddApiDocument();
    }

    /// <summary>
    /// The same settings as <see cref="JubileeVerse.Realtime.Frames.Encoding.WireJson"/>, plus the validation of strings in bodies.
    /// </summary>
    internal static void ConfigureJson(JsonSerializerOptions json)
    {
        json.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        json.NumberHandling = JsonNumberHandling.Strict;
        json.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        json.Converters.Add(new CleanTextConverter());
    }
}
