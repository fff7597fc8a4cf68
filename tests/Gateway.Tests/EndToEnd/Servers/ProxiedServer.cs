namespace JubileeVerse.Gateway.Tests.EndToEnd.Servers;

/// <summary>A server that trusts a proxy on this machine and allows a page of another origin.</summary>
public sealed class ProxiedServer : StandaloneServer
{
    public const string Origin = "https://app.example.org";

    protected override Dictionary<string, string?> Settings => new()
    {
        ["JubileeVerse:Http:TrustedProxies:0"] = "127.0.0.0/8",
        ["JubileeVerse:Http:AllowedOrigins:0"] = Origin,
        ["JubileeVerse:Limits:AnonymousWritesPerMinute"] = "2",
    };
}
