using JubileeVerse.Errors;
using JubileeVerse.Gateway.Errors;

namespace JubileeVerse.Gateway.Retries;

/// <summary>Which failures are worth another try, and how long to wait for it. Pure.</summary>
internal static class RetryRules
{
    /// <summary>What one request may spend on tries that failed and on waiting between them.</summary>
    public static readonly TimeSpan Budget = TimeSpan.FromSeconds(10);

    public static readonly TimeSpan MinDelay = TimeSpan.FromMilliseconds(100);
    public static readonly TimeSpan MaxDelay = TimeSpan.FromSeconds(2);

    /// <summary>More than fit into the budget; it is the budget that ends a call.</summary>
    public const int MaxTries = 50;

    /// <summary>How many calls of a request may go unanswered and be tried again.</summary>
    public const int MaxTimeouts = 2;

    private const int MaxDoublings = 5;

    /// <summary>A silo that has too much to do is given the longest pause at once.</summary>
    public static TimeSpan DelayAfter(Exception? failure, int retry, double random)
    {
        var full = failure is GatewayTooBusyException ? MaxDelay : MinDelay * (1 << Math.Min(retry + 1, MaxDoublings));
        var upper = full < MaxDelay ? full : MaxDelay;
        var lower = failure is GatewayTooBusyException ? MaxDelay / 2 : MinDelay;
        return lower + ((upper - lower) * random);
    }

    public static RetryKind KindOf(Exception? exception) => exception switch
    {
        null => RetryKind.None,
        TimeoutException => RetryKind.TimedOut,
        JubileeException { Code: ErrorCode.Unavailable } => RetryKind.Passing,
        _ => ExceptionProblem.IsTransient(exception) ? RetryKind.Passing : RetryKind.None,
    };
}
