using JubileeVerse.Gateway.Errors;
using JubileeVerse.Limits;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Gateway.Limits;

/// <summary>Middleware that counts requests cluster-wide and reports the remaining quota in response headers.</summary>
internal sealed partial class RateLimits(
    RequestDelegate next, IGrainFactory grains, IOptionsMonitor<RequestLimitsOptions> options, ILogger<RateLimits> logger)
{
    public const string PolicyHeader = "RateLimit-Policy";
    public const string LimitHeader = "RateLimit";

    public async Task InvokeAsync(HttpContext context)
    {
        if (LimitRules.For(context, options.CurrentValue) is { } limit && await AcquireAsync(limit, context.RequestAborted) is { } result)
        {
            var resetSeconds = (int)Math.Ceiling(result.ResetAfter.TotalSeconds);
            context.Response.Headers[PolicyHeader] = $"\"{limit.Policy}\";q={limit.Quota};w={Limit.Window.TotalSeconds:0}";
            context.Response.Headers[LimitHeader] = $"\"{limit.Policy}\";r={result.Remaining};t={resetSeconds}";
            if (!result.Granted)
            {
                await new ProblemResult(new Problem(ErrorCode.RateLimited, RetryAfter: result.ResetAfter)).ExecuteAsync(context);
                return;
            }
        }

        await next(context);
    }

    /// <summary>Null if the cluster is unavailable. The request is then admitted, so that a silo restart is no outage.</summary>
    private async Task<RateLimitResult?> AcquireAsync(Limit limit, CancellationToken cancellationToken)
    {
        try
        {
            return await grains.GetGrain<IRateLimitGrain>(limit.Key).AcquireAsync(limit.Quota, Limit.Window, cancellationToken);
        }
        catch (Exception exception) when (ExceptionProblem.IsTransient(exception))
        {
            LogNotCounted(limit.Policy, exception.Message);
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A request was admitted without counting it against rate limit {Policy}: {Reason}")]
    private partial void LogNotCounted(string policy, string reason);
}
