namespace JubileeVerse.Gateway.Retries;

/// <summary>
/// The time that a request may still spend on retries, shared by all the grain calls that it makes. A call outside a request has its own
/// budget.
/// </summary>
/// <remarks>
/// A call without a response takes the client's whole response timeout, which is half of the budget. Timeouts are therefore not charged
/// to the budget but limited in number: two are retried, which is long enough for a hung silo to be declared dead. A request ends at the
/// latest after three timeouts plus the budget.
/// </remarks>
internal sealed class RetryBudget
{
    private static readonly AsyncLocal<RetryBudget?> Ambient = new();

    private long _leftTicks = RetryRules.Budget.Ticks;
    private int _timeouts;

    public static RetryBudget Current => Ambient.Value ?? new RetryBudget();

    public TimeSpan Remaining => TimeSpan.FromTicks(Math.Max(0, Interlocked.Read(ref _leftTicks)));

    /// <summary>Middleware that starts a budget for the request's grain calls.</summary>
    public static async Task BeginAsync(HttpContext context, RequestDelegate next)
    {
        Begin();
        await next(context);
    }

    /// <summary>
    /// Starts a budget for the grain calls of the calling asynchronous method. Hub commands need it, because their HTTP request is the
    /// whole connection.
    /// </summary>
    public static void Begin() => Ambient.Value = new RetryBudget();

    /// <summary>
    /// Charges a failed attempt to the budget; true allows a retry. <paramref name="spent"/> is the duration of the failed attempt and of
    /// the delay before it.
    /// </summary>
    public bool TryCharge(RetryKind kind, TimeSpan spent) => kind switch
    {
        RetryKind.TimedOut => Interlocked.Increment(ref _timeouts) <= RetryRules.MaxTimeouts,
        RetryKind.Transient => Interlocked.Add(ref _leftTicks, -spent.Ticks) > 0,
        _ => false,
    };
}
