using System.Reflection;
using Orleans.Serialization.Invocation;

namespace JubileeVerse.Gateway.Tests.Retries;

/// <summary>A grain call whose tries end as a test says: with this failure, or null for an answer.</summary>
public class FakeCall : DispatchProxy
{
    private readonly Queue<Exception?> _ends = new();
    private Exception? _last;
    private Response? _response;
    private IInvokable _request = null!;
    private MethodInfo _method = null!;
    private bool _isThrown;

    public int Tries { get; private set; }

    public IOutgoingGrainCallContext Context => (IOutgoingGrainCallContext)(object)this;

    public Exception? Answer => _response?.Exception;

    /// <param name="method">Which is called.</param>
    /// <param name="isThrown">The failures are thrown; else they are in the response, as those of a silo are.</param>
    /// <param name="ends">In order; the last one repeats.</param>
    public static FakeCall Create(MethodInfo method, bool isThrown, params Exception?[] ends)
    {
        var call = (FakeCall)(object)Create<IOutgoingGrainCallContext, FakeCall>();
        call._request = DispatchProxy.Create<IInvokable, FakeRequest>();
        (call._method, call._isThrown) = (method, isThrown);
        foreach (var end in ends)
            call._ends.Enqueue(end);
        return call;
    }

    public FakeCall CancelledBy(CancellationToken cancellationToken)
    {
        ((FakeRequest)_request).Token = cancellationToken;
        return this;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod!.Name switch
    {
        "get_InterfaceMethod" => _method,
        "get_Request" => _request,
        "get_Response" => _response,
        "Invoke" => TryAsync(),
        _ => throw new NotSupportedException(targetMethod.Name),
    };

    private Task TryAsync()
    {
        Tries++;
        if (_ends.TryDequeue(out var end))
            _last = end;
        if (_last is not null && _isThrown)
            return Task.FromException(_last);
        _response = _last is null ? Response.FromResult(1) : Response.FromException(_last);
        return Task.CompletedTask;
    }
}
