using System.ClientModel;
using System.ClientModel.Primitives;
using Microsoft.Extensions.AI;
using OpenAI;

namespace JubileeVerse.Replies.Providers;

/// <summary>Creates clients of OpenAI-compatible endpoints.</summary>
internal static class OpenAiChatClients
{
    // The SDK rejects an empty key; self-hosted servers ignore the value.
    private const string NoKey = "none";

    // Limited, so that new connections follow DNS changes.
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    public static IChatClient Create(AiProviderOptions provider, AiTimeoutOptions timeouts)
    {
        var http = new HttpClient(new SocketsHttpHandler
        {
            ConnectTimeout = timeouts.Connect,
            PooledConnectionLifetime = ConnectionLifetime,
        })
        {
            // Disabled, because ReplyStream applies its own timeouts and distinguishes the first text from an idle stream.
            Timeout = Timeout.InfiniteTimeSpan,
        };

        var options = new OpenAIClientOptions
        {
            // Disabled, because only the job's attempts are retries.
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
