using System.Runtime.ExceptionServices;
using Polly;

namespace JubileeVerse.Gateway.Retries;

/// <summary>One grain call with its retries.</summary>
internal sealed class GrainCallAttempt(IOutgoingGrainCallContext call, RetryBudget budget, TimeProvider time, Random random)
{
    private Exception? _thrown;
    private long _startedAt = time.GetTimestamp();

    public string Method => $"{call.InterfaceMethod.DeclaringType!.Name}.{call.InterfaceMethod.Name}";

    public int Retries { get; private set; }

    /// <summary>A failure is found in the call's response; only a call that could not be sent throws.</summary>
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

    public bool ShouldRetry(Exception? failure)
    {
        var spent = time.GetElapsedTime(_startedAt);
        _startedAt = time.GetTimestamp();
        return budget.TryCharge(RetryRules.Classify(failure), spent);
    }

    /// <summary>The delay never exceeds the remaining budget.</summary>
    public TimeSpan NextDelay(Exception? failure)
    {
        var delay = RetryRules.DelayAfter(failure, Retries++, random.NextDouble());
        return delay < budget.Remaining ? delay : budget.Remaining;
    }

    /// <summary>Rethrows the last attempt's failure, unless the caller finds it in the call's response anyway.</summary>
    public void Finish(Exception? failure)
    {
        if (failure is not null && (failure == _thrown || failure != call.Response?.Exception))
            ExceptionDispatchInfo.Throw(failure);
    }
}
