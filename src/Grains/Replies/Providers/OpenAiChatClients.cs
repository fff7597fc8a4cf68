using System.ClientModel;
using System.ClientModel.Primitives;
using Microsoft.Extensions.AI;
using OpenAI;

namespace JubileeVerse.Replies.Providers;

/// <summary>Clients of OpenAI-compatible endpoints.</summary>
internal static class OpenAiChatClients
{
    // The SDK refuses an empty key; servers of one's own ignore whatever comes.
    private const string NoKey = "none";

    // Connections follow DNS changes; a day-long connection to a replaced server would not.
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    public static IChatClient Create(AiProviderOptions provider, AiTimeoutOptions timeouts)
    {
        var http = new HttpClient(new SocketsHttpHandler
        {
            ConnectTimeout = timeouts.Connect,
            PooledConnectionLifetime = ConnectionLifetime,
        })
        {
            // Ours are the only time-outs: the answer's own pipeline knows a first word from an idle stream.
            Timeout = Timeout.InfiniteTimeSpan,
        };

        var options = new OpenAIClientOptions
        {
            // A job's attempts are the only retries.
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
            Transport = new HttpClientPipelineTransport(http),
            NetworkTimeout = Timeout.InfiniteTimeSpan,
        };
        if (!string.IsNullOrEmpty(provider.Endpoint))
            options.Endpoint = new Uri(provider.Endpoint);

        var key = new ApiKeyCredential(string.IsNullOrWhiteSpace(provider.ApiKey) ? NoKey : provider.ApiKey);
        return new OpenAIClient(key, options).GetChatClient(provider.Model).AsIChatClient();
    }
}
