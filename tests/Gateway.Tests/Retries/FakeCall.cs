using System.Reflection;
using Orleans.Serialization.Invocation;

namespace JubileeVerse.Gateway.Tests.Retries;

/// <summary>A grain call whose attempts end as the test specifies: with an exception, or with a result for null.</summary>
public class FakeCall : DispatchProxy
{
    private readonly Queue<Exception?> _outcomes = new();
    private Exception? _lastOutcome;
    private Response? _response;
    private IInvokable _request = null!;
    private MethodInfo _method = null!;
    private bool _isThrown;

    public int Attempts { get; private set; }

    public IOutgoingGrainCallContext Context => (IOutgoingGrainCallContext)(object)this;

    public Exception? ResponseException => _response?.Exception;

    /// <param name="isThrown">True when the exceptions are thrown; false when the response carries them, as those of a silo.</param>
    /// <param name="outcomes">The outcomes of the attempts in order; the last one repeats.</param>
    public static FakeCall Create(MethodInfo method, bool isThrown, params Exception?[] outcomes)
    {
        var call = (FakeCall)(object)Create<IOutgoingGrainCallContext, FakeCall>();
        call._request = DispatchProxy.Create<IInvokable, FakeRequest>();
        (call._method, call._isThrown) = (method, isThrown);
        foreach (var outcome in outcomes)
            call._outcomes.Enqueue(outcome);
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
        "Invoke" => RunAttemptAsync(),
        _ => throw new NotSupportedException(targetMethod.Name),
    };

    private Task RunAttemptAsync()
    {
        Attempts++;
        if (_outcomes.TryDequeue(out var outcome))
            _lastOutcome = outcome;
        if (_lastOutcome is not null && _isThrown)
            return Task.FromException(_lastOutcome);
        _response = _lastOutcome is null ? Response.FromResult(1) : Response.FromException(_lastOutcome);
        return Task.CompletedTask;
    }
}
