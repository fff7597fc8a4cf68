using JubileeVerse.Gateway.Errors;
using JubileeVerse.Gateway.Retries;
using Microsoft.AspNetCore.SignalR;

namespace JubileeVerse.Gateway.Realtime.Hub;

/// <summary>
/// What all commands have in common: they are counted, have a patience of their own, and fail with a code of the one table. It is to the hub
/// what <see cref="ErrorBoundary"/> is to requests.
/// </summary>
internal sealed partial class ChatFilter(ILogger<ChatFilter> logger) : IHubFilter
{
    public async ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        var link = HubLink.Of(invocationContext.Context.Features);
        if (!link.TryHold())
            throw HubErrors.Of(new Problem(ErrorCode.Unavailable));
        try
        {
            Count(link, invocationContext.HubMethodName);
            RetryBudget.Begin();
            return await next(invocationContext);
        }
        catch (HubException)
        {
            throw;
        }
        catch (OperationCanceledException) when (invocationContext.Context.ConnectionAborted.IsCancellationRequested)
        {
            // Nobody is left to hear it.
            throw HubErrors.Of(new Problem(ErrorCode.Unavailable));
        }
        catch (Exception exception)
        {
            throw HubErrors.Of(Tell(exception, invocationContext.HubMethodName));
        }
        finally
        {
            link.Release();
        }
    }

    private static void Count(HubLink link, string method)
    {
        if (method == nameof(ChatHub.Break) || link.Limiter.Refuse() is not { } wait)
            return;
        if (link.Limiter.IsExhausted)
            link.Connection.Close(CloseCodes.TooManyCommands);
        throw HubErrors.Of(new Problem(ErrorCode.RateLimited, "Too many commands.", RetryAfter: wait));
    }

    private Problem Tell(Exception exception, string method)
    {
        var problem = ExceptionProblem.Of(exception);
        if (problem.Code == ErrorCode.Internal)
            LogFailed(exception, method);
        else if (problem.Code == ErrorCode.Unavailable)
            LogUnavailable(exception.Message, method);
        return problem;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The command {Method} failed.")]
    private partial void LogFailed(Exception exception, string method);

    // As of a request: a silo that leaves is no fault of this process.
    [LoggerMessage(Level = LogLevel.Warning, Message = "The command {Method} could not reach the cluster: {Reason}")]
    private partial void LogUnavailable(string reason, string method);
}
