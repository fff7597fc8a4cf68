using System.Net;
using JubileeVerse.Testing.Http;

namespace JubileeVerse.Bench.Cluster.Load;

/// <summary>A well-behaved client: it retries transient failures at the other gateway, after the delay that the server requested.</summary>
internal sealed class PersistentClient(ApiClient api, GatewayChoice choice, LoadLog log)
{
    /// <summary>After this time the user sees an error.</summary>
    private static readonly TimeSpan RetryWindow = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(15);
    private const int MinWaitMs = 100;
    private const int MaxWaitMs = 500;

    public ApiClient Api => api;

    /// <summary>Returns the first final response: success, or a permanent error. Null if the retry window has passed.</summary>
    public async Task<ApiResponse?> SendAsync(
        string request, Func<ApiClient, CancellationToken, Task<ApiResponse>> send, CancellationToken cancellationToken)
    {
        var start = log.Clock.Now;
        while (log.Clock.Now - start < RetryWindow)
        {
            if (await TryAsync(request, send, cancellationToken) is { } response)
            {
                if (!IsTransient(response.Status))
                    return response;
                await FailAsync(request, Describe(response), RetryAfter(response), cancellationToken);
            }
        }

        return null;
    }

    /// <summary>Records a failure, switches to the other gateway and waits a short time.</summary>
    public async Task FailAsync(string request, string reason, TimeSpan? retryAfter, CancellationToken cancellationToken)
    {
        log.Failed(request, reason, choice.Current);
        choice.Next();
        var wait = (retryAfter ?? TimeSpan.Zero) + TimeSpan.FromMilliseconds(Random.Shared.Next(MinWaitMs, MaxWaitMs));
        await Task.Delay(wait, TimeProvider.System, cancellationToken);
    }

    /// <summary>Switches from a draining gateway to the other one, which is not a failure.</summary>
    public void SwitchGateway()
    {
        log.Moved();
        choice.Next();
    }

    public static bool IsConnectionFault(Exception exception) => exception is HttpRequestException or IOException;

    private async Task<ApiResponse?> TryAsync(
        string request, Func<ApiClient, CancellationToken, Task<ApiResponse>> send, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(RequestTimeout);
        try
        {
            return await send(api, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            await FailAsync(request, $"no response in {RequestTimeout.TotalSeconds:F0} s", null, cancellationToken);
        }
        catch (Exception exception) when (IsConnectionFault(exception))
        {
            await FailAsync(request, ConnectionFault.Describe(exception), null, cancellationToken);
        }

        return null;
    }

    public static bool IsTransient(HttpStatusCode status) =>
        (int)status >= 500 || status is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout;

    private static string Describe(ApiResponse response) =>
        response.ContentType == "application/problem+json"
            ? $"{(int)response.Status} {response.Body.GetProperty("code").GetString()}"
            : $"{(int)response.Status}";

    private static TimeSpan? RetryAfter(ApiResponse response) =>
        response.ContentType == "application/problem+json" && response.Body.TryGetProperty("retryAfterSeconds", out var seconds)
            ? TimeSpan.FromSeconds(seconds.GetInt32())
            : null;
}
