namespace JubileeVerse.Gateway.Retries;

/// <summary>
/// What is left of a request's patience, over all the grain calls that it makes. A call without a request has a budget of its own.
/// </summary>
/// <remarks>
/// A call that nobody answers takes the client's whole response time-out, half of the budget: so it is not counted, and two of them are
/// tried again, long enough for a silo that hangs to be declared dead. A request ends after three such waits and the budget at the latest.
/// </remarks>
internal sealed class RetryBudget
{
    private static readonly AsyncLocal<RetryBudget?> Ambient = new();

    private long _leftTicks = RetryRules.Budget.Ticks;
    private int _timeouts;

    public static RetryBudget Current => Ambient.Value ?? new RetryBudget();

    public TimeSpan Left => TimeSpan.FromTicks(Math.Max(0, Interlocked.Read(ref _leftTicks)));

    /// <summary>Begins a budget for whatever this request calls.</summary>
    public static async Task BeginAsync(HttpContext context, RequestDelegate next)
    {
        Begin();
        await next(context);
    }

    /// <summary>Begins a budget for whatever the calling asynchronous method calls: for a command on a link, whose request is the whole link.</summary>
    public static void Begin() => Ambient.Value = new RetryBudget();

    /// <summary>True: try again. <paramref name="spent"/> is the failed try and the pause before it.</summary>
    public bool Allows(RetryKind kind, TimeSpan spent) => kind switch
    {
        RetryKind.TimedOut => Interlocked.Increment(ref _timeouts) <= RetryRules.MaxTimeouts,
        RetryKind.Passing => Interlocked.Add(ref _leftTicks, -spent.Ticks) > 0,
        _ => false,
    };
}
