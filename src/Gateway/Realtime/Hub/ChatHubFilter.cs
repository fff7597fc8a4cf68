using JubileeVerse.Gateway.Errors;
using JubileeVerse.Gateway.Retries;
using JubileeVerse.Rules;
using Microsoft.AspNetCore.SignalR;

namespace JubileeVerse.Gateway.Realtime.Hub;

/// <summary>
/// Wraps every hub method: applies the rate limit, starts a retry budget, and maps exceptions to codes of the table of errors. It does
/// for the hub what <see cref="ErrorBoundary"/> does for HTTP requests.
/// </summary>
internal sealed partial class ChatHubFilter(ILogger<ChatHubFilter> logger) : IHubFilter
{
    public async ValueTask<object?> InvokeMethodAsync(
        HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        var connection = HubConnection.From(invocationContext.Context.Features);
        if (!connection.TryAcquire())
            throw HubErrors.ToException(new Problem(ErrorCode.Unavailable));
        try
        {
            ThrowIfRateLimited(connection, invocationContext.HubMethodName);
            RetryBudget.Begin();
            return await next(invocationContext);
        }
        catch (HubException)
        {
            throw;
        }
        catch (OperationCanceledException) when (invocationContext.Context.ConnectionAborted.IsCancellationRequested)
        {
            // The client has disconnected and receives no result.
            throw HubErrors.ToException(new Problem(ErrorCode.Unavailable));
        }
        catch (Exception exception)
        {
            throw HubErrors.ToException(ToProblem(exception, invocationContext.HubMethodName));
        }
        finally
        {
            connection.Release();
        }
    }

    private static void ThrowIfRateLimited(HubConnection connection, string method)
    {
        if (method == nameof(ChatHub.Break) || connection.Limiter.Acquire() is not { } retryAfter)
            return;
        if (connection.Limiter.IsExhausted)
            connection.Live.Close(CloseCodes.TooManyCommands);
        throw HubErrors.ToException(new Problem(ErrorCode.RateLimited, "Too many commands.", RetryAfter: retryAfter));
    }

    private Problem ToProblem(Exception exception, string method)
    {
        var problem = ExceptionProblem.From(exception);
        if (problem.Code == ErrorCode.Internal)
            LogFailed(exception, method);
        else if (problem.Code == ErrorCode.Unavailable)
            LogUnavailable(exception.Message, method);
        return problem;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Hub method {Method} failed.")]
    private partial void LogFailed(Exception exception, string method);

    // Logged as a warning, as for HTTP requests, because a silo that leaves is not a fault of this process.
    [LoggerMessage(Level = LogLevel.Warning, Message = "Hub method {Method} could not reach the cluster: {Reason}")]
    private partial void LogUnavailable(string reason, string method);
}
