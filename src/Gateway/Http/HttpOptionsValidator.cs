using System.Net;
using JubileeVerse.Operations;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Gateway.Http;

internal sealed class HttpOptionsValidator : IValidateOptions<HttpOptions>
{
    private static readonly string Section = OptionSections.Path(OptionSections.Http);

    public ValidateOptionsResult Validate(string? name, HttpOptions options)
    {
        var faults = options.TrustedProxies
            .Where(proxy => !IPAddress.TryParse(proxy, out _) && !IPNetwork.TryParse(proxy, out _))
            .Select(proxy => $"{Section}:{nameof(options.TrustedProxies)}: '{proxy}' is neither an IP address nor a CIDR network.")
            .Concat(options.AllowedOrigins
                .Where(origin => !IsOrigin(origin))
                .Select(origin =>
                    $"{Section}:{nameof(options.AllowedOrigins)}: '{origin}' is not an origin such as https://app.example.org."))
            .ToArray();
        return faults.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme is "http" or "https")
        && uri.GetLeftPart(UriPartial.Authority) == text;
}
