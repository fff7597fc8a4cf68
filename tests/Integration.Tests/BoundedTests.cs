namespace JubileeVerse.Integration.Tests;

/// <summary>Tests that end, whatever hangs.</summary>
public abstract class BoundedTests : IDisposable
{
    /// <summary>Many times what a test takes; nothing is measured by it.</summary>
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
