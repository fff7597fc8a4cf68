namespace JubileeVerse.Gateway.Tests.EndToEnd.Servers;

/// <summary>A server that accepts at most two open replies per user and three in total.</summary>
public sealed class SmallQueueServer : StandaloneServer
{
    protected override Dictionary<string, string?> Settings => new()
    {
        ["JubileeVerse:Limits:Plans:free:OpenReplies"] = "2",
        ["JubileeVerse:Queues:AiResponse:MaxOpen"] = "3",
    };
}
