using System.Runtime.ExceptionServices;
using Polly;

namespace JubileeVerse.Gateway.Retries;

/// <summary>One grain call on its way through its tries.</summary>
internal sealed class GrainCallTry(IOutgoingGrainCallContext call, RetryBudget budget, TimeProvider time)
{
    private Exception? _thrown;
    private long _begun = time.GetTimestamp();

    public string Method => $"{call.InterfaceMethod.DeclaringType!.Name}.{call.InterfaceMethod.Name}";

    public int Retries { get; private set; }

    /// <summary>A failure is in the answer, but where the call could not even be sent.</summary>
    public async ValueTask<Outcome<int>> RunAsync()
    {
        _thrown = null;
        try
        {
            await call.Invoke();
            return call.Response?.Exception is { } failure ? Outcome.FromException<int>(failure) : Outcome.FromResult(0);
        }
        catch (Exception exception)
        {
            _thrown = exception;
            return Outcome.FromException<int>(exception);
        }
    }

    public bool MayTryAgain(Exception? failure)
    {
        var spent = time.GetElapsedTime(_begun);
        _begun = time.GetTimestamp();
        return budget.Allows(RetryRules.KindOf(failure), spent);
    }

    /// <summary>Never past the budget.</summary>
    public TimeSpan NextDelay(Exception? failure)
    {
        var delay = RetryRules.DelayAfter(failure, Retries++, Random.Shared.NextDouble());
        return delay < budget.Left ? delay : budget.Left;
    }

    /// <summary>Makes the caller see what the last try brought; an answer is in the call already.</summary>
    public void Finish(Exception? failure)
    {
        if (failure is not null && (failure == _thrown || failure != call.Response?.Exception))
            ExceptionDispatchInfo.Throw(failure);
    }
}
