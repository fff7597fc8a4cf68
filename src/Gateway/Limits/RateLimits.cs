using JubileeVerse.Gateway.Errors;
using JubileeVerse.Limits;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Gateway.Limits;

/// <summary>Counts a request where the whole cluster counts, and says in the answer how much is left.</summary>
internal sealed partial class RateLimits(
    RequestDelegate next, IGrainFactory grains, IOptionsMonitor<RequestLimitsOptions> options, ILogger<RateLimits> logger)
{
    public const string PolicyHeader = "RateLimit-Policy";
    public const string LimitHeader = "RateLimit";

    public async Task InvokeAsync(HttpContext context)
    {
        if (LimitRules.Of(context, options.CurrentValue) is { } limit && await AcquireAsync(limit, context.RequestAborted) is { } result)
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

    /// <summary>Null when the count cannot be had: a limit must not turn a silo's restart into an outage.</summary>
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

    [LoggerMessage(Level = LogLevel.Warning, Message = "A request was not counted against {Policy}: {Reason}")]
    private partial void LogNotCounted(string policy, string reason);
}
