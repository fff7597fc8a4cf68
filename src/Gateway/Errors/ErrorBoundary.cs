namespace JubileeVerse.Gateway.Errors;

/// <summary>
/// The one place where an exception becomes an answer and is logged, and where an answer without a body
/// (an unknown route, a challenge) gets its problem.
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
            // The caller has gone: there is nobody to tell, and nothing is wrong with us.
            return;
        }
        catch (Exception exception)
        {
            await AnswerAsync(context, exception);
            return;
        }

        if (IsBare(context.Response) && OfStatus(context.Response.StatusCode) is { } problem)
            await new ProblemResult(problem).ExecuteAsync(context);
    }

    private async Task AnswerAsync(HttpContext context, Exception exception)
    {
        var problem = ExceptionProblem.Of(exception);
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

    private static bool IsBare(HttpResponse response) =>
        response is { StatusCode: >= 400, HasStarted: false, ContentType: null } && response.ContentLength is null or 0;

    private static Problem? OfStatus(int status) => status switch
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

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed.")]
    private partial void LogFailed(Exception exception, string method, string path);

    // A silo that leaves is no fault of this process; the stack of each request would bury what is.
    [LoggerMessage(Level = LogLevel.Warning, Message = "{Method} {Path} could not reach the cluster: {Reason}")]
    private partial void LogUnavailable(string reason, string method, string path);
}
