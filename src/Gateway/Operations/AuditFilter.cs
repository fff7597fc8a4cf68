using System.Text.Json;
using JubileeVerse.Accounts;
using JubileeVerse.Gateway.Accounts;
using JubileeVerse.Gateway.Errors;
using JubileeVerse.Operations;
using JubileeVerse.Realtime;

namespace JubileeVerse.Gateway.Operations;

/// <summary>
/// Stores each act of an admin before it is done, and afterwards how it was answered. An act that cannot be stored is not done; one whose
/// answer cannot be stored was done all the same, and its entry says that nobody knows.
/// </summary>
internal sealed partial class AuditFilter(IGrainFactory grains, TimeProvider time, ILogger<AuditFilter> logger) : IEndpointFilter
{
    private const string Root = "/api/admin/";

    private IAuditLog Log => grains.GetGrain<IAuditLog>(0);

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
            return await next(context);

        var entry = await EntryAsync(context);
        await Log.BeginAsync(entry, context.HttpContext.RequestAborted);
        try
        {
            var answer = await next(context);
            await EndAsync(entry, (answer as IStatusCodeHttpResult)?.StatusCode ?? StatusCodes.Status200OK);
            return answer;
        }
        catch (Exception exception)
        {
            await EndAsync(entry, ExceptionProblem.Of(exception).Kind.Status);
            throw;
        }
    }

    private async Task<AuditEntry> EntryAsync(EndpointFilterInvocationContext context)
    {
        var http = context.HttpContext;
        var act = http.GetEndpoint()?.Metadata.GetMetadata<AuditedAct>()
            ?? throw new InvalidOperationException($"{http.Request.Path} changes something and has no name in the audit log.");
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
            Bounded(http.Request.Path.Value![Root.Length..], AuditEntry.MaxTargetLength),
            details is null ? null : Bounded(details, AuditEntry.MaxDetailsLength),
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
            LogEndLost(exception, entry.Act, entry.Target, status);
        }
    }

    private static string Bounded(string text, int maxLength) =>
        text.Length <= maxLength ? text : text[..(char.IsHighSurrogate(text[maxLength - 1]) ? maxLength - 1 : maxLength)];

    [LoggerMessage(Level = LogLevel.Error, Message = "The audit log does not say that {Act} of {Target} was answered with {Status}.")]
    private partial void LogEndLost(Exception exception, string act, string target, int status);
}
