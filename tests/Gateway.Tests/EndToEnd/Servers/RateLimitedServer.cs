namespace JubileeVerse.Gateway.Tests.EndToEnd.Servers;

/// <summary>A server with low rate limits.</summary>
public sealed class RateLimitedServer : StandaloneServer
{
    protected override Dictionary<string, string?> Settings => new()
    {
        ["JubileeVerse:Limits:AnonymousWritesPerMinute"] = "4",
        ["JubileeVerse:Limits:SessionRequestsPerMinute"] = "5",
        ["JubileeVerse:Limits:SignInsPerMinute"] = "3",
    };
}
