namespace JubileeVerse.Gateway.Errors;

/// <summary>
/// Middleware that converts exceptions into problem responses and logs them, and that adds a problem body to error responses without one
/// (an unknown route, an authentication challenge).
/// </summary>
internal sealed partial class ErrorBoundary(RequestDelegate next, ILogger<ErrorBoundary> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has disconnected, so nobody reads a response and there is nothing to log.
            return;
        }
        catch (Exception exception)
        {
            await HandleAsync(context, exception);
            return;
        }

        if (HasNoBody(context.Response) && FromStatus(context.Response.StatusCode) is { } problem)
            await new ProblemResult(problem).ExecuteAsync(context);
    }

    private async Task HandleAsync(HttpContext context, Exception exception)
    {
        var problem = ExceptionProblem.From(exception);
        if (problem.Code == ErrorCode.Internal)
            LogFailed(exception, context.Request.Method, context.Request.Path);
        else if (problem.Code == ErrorCode.Unavailable)
            LogUnavailable(exception.Message, context.Request.Method, context.Request.Path);

        if (context.Response.HasStarted)
        {
            context.Abort();
            return;
        }

        context.Response.ContentLength = null;
        context.Response.Headers.ETag = default;
        await new ProblemResult(problem).ExecuteAsync(context);
    }

    private static bool HasNoBody(HttpResponse response) =>
        response is { StatusCode: >= 400, HasStarted: false, ContentType: null } && response.ContentLength is null or 0;

    private static Problem? FromStatus(int status) => status switch
    {
        StatusCodes.Status400BadRequest => new Problem(ErrorCode.InvalidRequest),
        StatusCodes.Status401Unauthorized => new Problem(ErrorCode.Unauthenticated),
        StatusCodes.Status403Forbidden => new Problem(ErrorCode.Forbidden),
        StatusCodes.Status404NotFound => new Problem(ErrorCode.NotFound),
        StatusCodes.Status405MethodNotAllowed => new Problem(ErrorCode.MethodNotAllowed),
        StatusCodes.Status413PayloadTooLarge => new Problem(ErrorCode.PayloadTooLarge),
        StatusCodes.Status415UnsupportedMediaType => new Problem(ErrorCode.UnsupportedMediaType, "Send application/json."),
        _ => null,
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "Request {Method} {Path} failed with an unhandled exception.")]
    private partial void LogFailed(Exception exception, string method, string path);

    // Logged without the exception, because a leaving silo is not a fault of this process, and a stack trace per request would bury real
    // faults.
    [LoggerMessage(
        Level = LogLevel.Warning, Message = "Request {Method} {Path} failed because the cluster or its store is unavailable: {Reason}")]
    private partial void LogUnavailable(string reason, string method, string path);
}
