namespace JubileeVerse.Gateway.Http;

/// <summary>Trusted proxies and allowed origins.</summary>
internal sealed class HttpOptions
{
    /// <summary>Addresses or CIDR networks whose <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> are trusted. Default: none.</summary>
    public List<string> TrustedProxies { get; set; } = [];

    /// <summary>Origins such as <c>https://app.example.org</c> that may send credentials. Default: only the gateway's own.</summary>
    public List<string> AllowedOrigins { get; set; } = [];
}
