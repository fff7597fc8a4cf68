using System.Net;
using JubileeVerse.Testing.Http;

namespace JubileeVerse.Bench.Cluster.Load;

/// <summary>A client as a good one behaves: what failed for a reason that may pass is asked again at the other gateway, after the time it was told.</summary>
internal sealed class PersistentClient(ApiClient api, GatewayChoice choice, LoadLog log)
{
    /// <summary>After this a person is told that it did not work.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan RequestLimit = TimeSpan.FromSeconds(15);
    private const int MinWaitMs = 100;
    private const int MaxWaitMs = 500;

    public ApiClient Api => api;

    /// <summary>The first answer that is final: success, or a refusal that will not pass. Null when patience is at its end.</summary>
    public async Task<ApiAnswer?> AskAsync(string request, Func<ApiClient, CancellationToken, Task<ApiAnswer>> send, CancellationToken cancellationToken)
    {
        var start = log.Clock.Now;
        while (log.Clock.Now - start < Patience)
        {
            if (await TryAsync(request, send, cancellationToken) is { } answer)
            {
                if (!MayPass(answer.Status))
                    return answer;
                await FailAsync(request, Describe(answer), RetryAfter(answer), cancellationToken);
            }
        }

        return null;
    }

    /// <summary>Notes a failure, turns to the other gateway and waits a little.</summary>
    public async Task FailAsync(string request, string reason, TimeSpan? retryAfter, CancellationToken cancellationToken)
    {
        log.Failed(request, reason, choice.Current);
        choice.Next();
        var wait = (retryAfter ?? TimeSpan.Zero) + TimeSpan.FromMilliseconds(Random.Shared.Next(MinWaitMs, MaxWaitMs));
        await Task.Delay(wait, TimeProvider.System, cancellationToken);
    }

    /// <summary>The gateway is going: on to the other, which is no failure.</summary>
    public void Move()
    {
        log.Moved();
        choice.Next();
    }

    public static bool IsConnectionFault(Exception exception) => exception is HttpRequestException or IOException;

    private async Task<ApiAnswer?> TryAsync(
        string request, Func<ApiClient, CancellationToken, Task<ApiAnswer>> send, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(RequestLimit);
        try
        {
            return await send(api, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            await FailAsync(request, $"no answer in {RequestLimit.TotalSeconds:F0} s", null, cancellationToken);
        }
        catch (Exception exception) when (IsConnectionFault(exception))
        {
            await FailAsync(request, ConnectionFault.Describe(exception), null, cancellationToken);
        }

        return null;
    }

    public static bool MayPass(HttpStatusCode status) => (int)status >= 500 || status is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout;

    private static string Describe(ApiAnswer answer) =>
        $"{(int)answer.Status}{(answer.ContentType == "application/problem+json" ? " " + answer.Body.GetProperty("code").GetString() : "")}";

    private static TimeSpan? RetryAfter(ApiAnswer answer) =>
        answer.ContentType == "application/problem+json" && answer.Body.TryGetProperty("retryAfterSeconds", out var seconds)
            ? TimeSpan.FromSeconds(seconds.GetInt32())
            : null;
}
