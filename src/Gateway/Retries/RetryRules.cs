using JubileeVerse.Errors;
using JubileeVerse.Gateway.Errors;

namespace JubileeVerse.Gateway.Retries;

/// <summary>Pure rules: which failures are retried, and after which delay.</summary>
internal static class RetryRules
{
    /// <summary>The time that one request may spend on failed attempts and on the delays between them.</summary>
    public static readonly TimeSpan Budget = TimeSpan.FromSeconds(10);

    public static readonly TimeSpan MinDelay = TimeSpan.FromMilliseconds(100);
    public static readonly TimeSpan MaxDelay = TimeSpan.FromSeconds(2);

    /// <summary>More retries than fit into <see cref="Budget"/>, so that only the budget ends a call.</summary>
    public const int MaxRetries = 50;

    /// <summary>How many timed-out calls of a request are retried.</summary>
    public const int MaxTimeouts = 2;

    private const int MaxDoublings = 5;

    /// <summary>Exponential backoff with jitter; an overloaded silo gets the longest delay from the first retry on.</summary>
    public static TimeSpan DelayAfter(Exception? failure, int retry, double random)
    {
        var full = failure is GatewayTooBusyException ? MaxDelay : MinDelay * (1 << Math.Min(retry + 1, MaxDoublings));
        var upper = full < MaxDelay ? full : MaxDelay;
        var lower = failure is GatewayTooBusyException ? MaxDelay / 2 : MinDelay;
        return lower + ((upper - lower) * random);
    }

    public static RetryKind Classify(Exception? exception) => exception switch
    {
        null => RetryKind.None,
        TimeoutException => RetryKind.TimedOut,
        JubileeException { Code: ErrorCode.Unavailable } => RetryKind.Transient,
        _ => ExceptionProblem.IsTransient(exception) ? RetryKind.Transient : RetryKind.None,
    };
}
