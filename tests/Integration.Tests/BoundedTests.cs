namespace JubileeVerse.Integration.Tests;

/// <summary>Tests with a deadline, so that they end even when something hangs.</summary>
public abstract class BoundedTests : IDisposable
{
    /// <summary>Many times the duration of a test; it is no measurement.</summary>
    private static readonly TimeSpan TestDeadline = TimeSpan.FromMinutes(2);

    private readonly CancellationTokenSource _deadline =
        CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    protected BoundedTests() => _deadline.CancelAfter(TestDeadline);

    protected CancellationToken Deadline => _deadline.Token;

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        _deadline.Dispose();
    }
}
