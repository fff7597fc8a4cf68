namespace JubileeVerse.Gateway.Tests.EndToEnd;

/// <summary>A server that has enough of its callers soon.</summary>
public sealed class LimitedServer : StandaloneServer
{
    protected override Dictionary<string, string?> Settings => new()
    {
        ["JubileeVerse:Limits:AnonymousWritesPerMinute"] = "4",
        ["JubileeVerse:Limits:SessionRequestsPerMinute"] = "5",
        ["JubileeVerse:Limits:SignInsPerMinute"] = "3",
    };
}
