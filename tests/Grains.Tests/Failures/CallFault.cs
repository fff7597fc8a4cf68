namespace JubileeVerse.Grains.Tests.Failures;

/// <summary>Calls of one method that get lost on their way out of a silo.</summary>
/// <param name="method">Its name.</param>
/// <param name="times">How many are lost; later ones arrive.</param>
internal sealed class CallFault(string method, int times) : IOutgoingGrainCallFilter
{
    private int _lost;
    private volatile bool _isHealed;

    public int Lost => Math.Min(Volatile.Read(ref _lost), times);

    /// <summary>From now on every call arrives.</summary>
    public void Heal() => _isHealed = true;

    public Task Invoke(IOutgoingGrainCallContext context) =>
        context.MethodName == method && !_isHealed && Interlocked.Increment(ref _lost) <= times
            ? Task.FromException(new TimeoutException("Scripted: the call was lost."))
            : context.Invoke();
}
