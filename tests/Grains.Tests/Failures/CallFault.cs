namespace JubileeVerse.Grains.Tests.Failures;

/// <summary>An outgoing call filter that fails the first calls of one method, as if they were lost on the way.</summary>
/// <param name="method">The name of the grain method.</param>
/// <param name="times">The number of calls that fail; later calls pass.</param>
internal sealed class CallFault(string method, int times) : IOutgoingGrainCallFilter
{
    private int _lost;
    private volatile bool _isHealed;

    public int LostCalls => Math.Min(Volatile.Read(ref _lost), times);

    /// <summary>Lets every later call pass.</summary>
    public void Heal() => _isHealed = true;

    public Task Invoke(IOutgoingGrainCallContext context) =>
        context.MethodName == method && !_isHealed && Interlocked.Increment(ref _lost) <= times
            ? Task.FromException(new TimeoutException("Scripted: the call was lost."))
            : context.Invoke();
}
