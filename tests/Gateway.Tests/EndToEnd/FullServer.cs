namespace JubileeVerse.Gateway.Tests.EndToEnd;

/// <summary>A server that takes two replies of a person, and three of all.</summary>
public sealed class FullServer : StandaloneServer
{
    protected override Dictionary<string, string?> Settings => new()
    {
        ["JubileeVerse:Limits:Plans:free:OpenReplies"] = "2",
        ["JubileeVerse:Queues:AiResponse:MaxOpen"] = "3",
    };
}
