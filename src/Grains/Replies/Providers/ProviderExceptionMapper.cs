using System.ClientModel;
using System.ClientModel.Primitives;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace JubileeVerse.Replies.Providers;

/// <summary>Maps a chat client's exception to the <see cref="ProviderException"/> that decides what happens to the job.</summary>
internal static class ProviderExceptionMapper
{
    // OpenAI's error code for an account without credit: a 429 for which waiting does not help.
    private const string InsufficientQuota = "insufficient_quota";

    public static ProviderException ToProviderException(
        string provider, Exception exception, AiOptions options, DateTimeOffset now) => exception switch
        {
            ProviderException known => known,
            ClientResultException result => FromStatus(provider, result, options, now),
            HttpRequestException { StatusCode: { } status } => FromStatus(provider, (int)status, exception),
            _ => Unreachable(provider, exception),
        };

    private static ProviderException FromStatus(string provider, ClientResultException result, AiOptions options, DateTimeOffset now)
    {
        if (result.Status != (int)HttpStatusCode.TooManyRequests)
            return FromStatus(provider, result.Status, result);
        if (result.Message.Contains(InsufficientQuota, StringComparison.Ordinal))
            return new ProviderRejectedException(provider, $"The account at the provider {provider} has no quota left.", result);

        var requested = result.GetRawResponse() is { } response ? RetryAfter(response, now) : null;
        var retryAfter = TimeSpan.FromTicks(Math.Clamp(
            (requested ?? options.DefaultRetryAfter).Ticks, TimeSpan.TicksPerMillisecond, options.MaxRetryAfter.Ticks));
        return new ProviderLimitedException(provider, retryAfter, $"The provider {provider} limits the request rate.", result);
    }

    private static ProviderException FromStatus(string provider, int status, Exception inner) => status switch
    {
        408 or 409 or 425 => new ProviderFailedException(provider, $"The provider {provider} responded with {status}.", inner),
        >= 400 and < 500 => new ProviderRejectedException(provider, $"The provider {provider} rejected the request with {status}.", inner),
        0 => Unreachable(provider, inner),
        _ => new ProviderFailedException(provider, $"The provider {provider} responded with {status}.", inner),
    };

    private static ProviderFailedException Unreachable(string provider, Exception inner) =>
        new(provider, $"The provider {provider} could not be reached or closed the connection.", inner);

    private static TimeSpan? RetryAfter(PipelineResponse response, DateTimeOffset now)
    {
        if (response.Headers.TryGetValue("retry-after-ms", out var text)
            && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var milliseconds)
            && milliseconds is >= 0 and < int.MaxValue)
            return TimeSpan.FromMilliseconds(milliseconds);

        if (!response.Headers.TryGetValue("Retry-After", out text) || !RetryConditionHeaderValue.TryParse(text, out var header))
            return null;
        return header.Delta ?? (header.Date is { } date && date > now ? date - now : TimeSpan.Zero);
    }
}
