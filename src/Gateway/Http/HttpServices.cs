using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using JubileeVerse.Gateway.Limits;
using JubileeVerse.Operations;
using JubileeVerse.ServiceDefaults.Configuration;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace JubileeVerse.Gateway.Http;

/// <summary>What every endpoint has: JSON as on the wire, limits, proxies, origins, the API document.</summary>
internal static class HttpServices
{
    public const string ShortCache = "short";

    private const string DefaultUrl = "http://127.0.0.1:3000";

    private static readonly TimeSpan PreflightMaxAge = TimeSpan.FromMinutes(10);

    /// <summary>Any of these names where to listen.</summary>
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
            // What a page of another origin could not read otherwise.
            .WithExposedHeaders(HeaderNames.RetryAfter, HeaderNames.Location, RateLimits.PolicyHeader, RateLimits.LimitHeader)
            .SetPreflightMaxAge(PreflightMaxAge)
            .AllowCredentials()));
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.ConfigureHttpJsonOptions(json => SetUp(json.SerializerOptions));
        // A catalogue that changed is seen within a second, and a thousand readers cost one call.
        services.AddOutputCache(cache => cache.AddPolicy(ShortCache, policy => policy.Expire(TimeSpan.FromSeconds(1)).SetVaryByQuery("*")));
        services.AddApiDocument();
    }

    /// <summary>As <see cref="JubileeVerse.Realtime.WireJson"/>, with bodies held to the rules of text.</summary>
    internal static void SetUp(JsonSerializerOptions json)
    {
        json.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        json.NumberHandling = JsonNumberHandling.Strict;
        json.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        json.Converters.Add(new CleanTextConverter());
    }
}
