using System.Text.Json;
using JubileeVerse.Accounts;
using JubileeVerse.Gateway.Errors;
using JubileeVerse.Gateway.Sessions;
using JubileeVerse.Operations;
using JubileeVerse.Realtime.Frames.Encoding;

namespace JubileeVerse.Gateway.Operations;

/// <summary>
/// Stores each state-changing admin action before it is executed, and its response status afterwards. An action that cannot be stored is
/// not executed. If only the status cannot be stored, the action has been executed and its entry keeps no status.
/// </summary>
internal sealed partial class AuditFilter(IGrainFactory grains, TimeProvider time, ILogger<AuditFilter> logger) : IEndpointFilter
{
    private const string Root = "/api/admin/";

    private IAuditLogGrain Log => grains.GetGrain<IAuditLogGrain>(0);

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
            return await next(context);

        var entry = await EntryAsync(context);
        await Log.BeginAsync(entry, context.HttpContext.RequestAborted);
        try
        {
            var result = await next(context);
            await EndAsync(entry, StatusOf(result));
            return result;
        }
        catch (Exception exception)
        {
            await EndAsync(entry, ExceptionProblem.From(exception).Kind.Status);
            throw;
        }
    }

    private async Task<AuditEntry> EntryAsync(EndpointFilterInvocationContext context)
    {
        var http = context.HttpContext;
        var act = http.GetEndpoint()?.Metadata.GetMetadata<AuditedAction>()
            ?? throw new InvalidOperationException($"The endpoint of {http.Request.Path} changes state but has no audited action.");
        var userId = http.User.UserId();
        var user = await grains.GetGrain<IAccountGrain>(userId.Value).GetAsync(http.RequestAborted);
        var body = context.Arguments.OfType<IAuditedRequest>().FirstOrDefault();
        var details = body is null ? null : JsonSerializer.Serialize(body, body.GetType(), WireJson.Options);
        var now = time.GetUtcNow();
        return new AuditEntry(
            Guid.CreateVersion7(now),
            now,
            userId,
            user.DisplayName,
            act.Name,
            Truncate(http.Request.Path.Value![Root.Length..], AuditEntry.MaxTargetLength),
            details is null ? null : Truncate(details, AuditEntry.MaxDetailsLength),
            Status: null);
    }

    private async Task EndAsync(AuditEntry entry, int status)
    {
        try
        {
            await Log.EndAsync(entry.Id, status, CancellationToken.None);
        }
        catch (Exception exception)
        {
            LogStatusNotStored(exception, entry.Act, entry.Target, status);
        }
    }

    /// <summary>An endpoint with several results returns one that contains the chosen one.</summary>
    private static int StatusOf(object? result) => result is INestedHttpResult nested
        ? StatusOf(nested.Result)
        : (result as IStatusCodeHttpResult)?.StatusCode ?? StatusCodes.Status200OK;

    private static string Truncate(string text, int maxLength) =>
        text.Length <= maxLength ? text : text[..(char.IsHighSurrogate(text[maxLength - 1]) ? maxLength - 1 : maxLength)];

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "The audit entry of {Act} on {Target} keeps no status, because status {Status} could not be stored.")]
    private partial void LogStatusNotStored(Exception exception, string act, string target, int status);
}
