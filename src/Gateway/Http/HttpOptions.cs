namespace JubileeVerse.Gateway.Http;

/// <summary>How the gateway stands towards proxies and other origins.</summary>
internal sealed class HttpOptions
{
    /// <summary>Addresses or CIDR networks whose <c>X-Forwarded-For</c> and <c>-Proto</c> are believed. Default: none.</summary>
    public List<string> TrustedProxies { get; set; } = [];

    /// <summary>Origins such as <c>https://app.example.org</c> that may call with credentials. Default: none but our own.</summary>
    public List<string> AllowedOrigins { get; set; } = [];
}
