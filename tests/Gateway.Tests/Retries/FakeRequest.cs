using System.Reflection;
using Orleans.Serialization.Invocation;

namespace JubileeVerse.Gateway.Tests.Retries;

/// <summary>The request of a <see cref="FakeCall"/>: it has only a cancellation token.</summary>
public class FakeRequest : DispatchProxy
{
    public CancellationToken Token { get; set; }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        targetMethod!.Name == nameof(IInvokable.GetCancellationToken) ? Token : throw new NotSupportedException(targetMethod.Name);
}
