using System.ClientModel;
using System.ClientModel.Primitives;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace JubileeVerse.Replies.Providers;

/// <summary>What a client's exception means for the job.</summary>
internal static class ProviderFaults
{
    // OpenAI's own answer when the account is out of money: a 429 that no wait cures.
    private const string OutOfMoney = "insufficient_quota";

    public static ProviderException ToProviderException(string provider, Exception exception, AiOptions options, DateTimeOffset now) => exception switch
    {
        ProviderException known => known,
        ClientResultException answered => OfStatus(provider, answered, options, now),
        HttpRequestException { StatusCode: { } status } => OfStatus(provider, (int)status, exception),
        _ => new ProviderFailedException(provider, $"The provider {provider} could not be reached or broke off.", exception),
    };

    private static ProviderException OfStatus(string provider, ClientResultException answered, AiOptions options, DateTimeOffset now)
    {
        if (answered.Status != (int)HttpStatusCode.TooManyRequests)
            return OfStatus(provider, answered.Status, answered);
        if (answered.Message.Contains(OutOfMoney, StringComparison.Ordinal))
            return new ProviderRejectedException(provider, $"The account at the provider {provider} is out of quota.", answered);

        var asked = answered.GetRawResponse() is { } response ? RetryAfter(response, now) : null;
        var wait = TimeSpan.FromTicks(Math.Clamp((asked ?? options.DefaultRetryAfter).Ticks, TimeSpan.TicksPerMillisecond, options.MaxRetryAfter.Ticks));
        return new ProviderLimitedException(provider, wait, $"The provider {provider} limits us.", answered);
    }

    private static ProviderException OfStatus(string provider, int status, Exception inner) => status switch
    {
        408 or 409 or 425 => new ProviderFailedException(provider, $"The provider {provider} answered {status}.", inner),
        >= 400 and < 500 => new ProviderRejectedException(provider, $"The provider {provider} refused the request with {status}.", inner),
        0 => new ProviderFailedException(provider, $"The provider {provider} could not be reached or broke off.", inner),
        _ => new ProviderFailedException(provider, $"The provider {provider} answered {status}.", inner),
    };

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
