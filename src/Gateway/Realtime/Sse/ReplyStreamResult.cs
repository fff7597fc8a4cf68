using System.Collections.Immutable;
using JubileeVerse.Errors;
using JubileeVerse.Gateway.Errors;
using JubileeVerse.Gateway.Realtime.Connections;
using JubileeVerse.Gateway.Realtime.Feeds;
using JubileeVerse.Gateway.Realtime.Replies;
using JubileeVerse.Gateway.Sessions;
using JubileeVerse.Replies;
using JubileeVerse.Rules;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Gateway.Realtime.Sse;

/// <summary>Responds with the stream of one reply, or of several replies that are generated one after the other.</summary>
/// <param name="replies">The replies in the order in which they are generated.</param>
/// <param name="resumeFrom">The text that the client has.</param>
/// <param name="areNew">True when the request has created the replies: each is then streamed from its beginning.</param>
internal sealed partial class ReplyStreamResult(ImmutableArray<Reply> replies, ReplyCursor? resumeFrom, bool areNew = false) : IResult
{
    public const string ContentType = "text/event-stream";

    public static bool IsRequested(HttpRequest request) =>
        request.GetTypedHeaders().Accept.Any(accepted => accepted.MediaType.Equals(ContentType, StringComparison.OrdinalIgnoreCase));

    public async Task ExecuteAsync(HttpContext context)
    {
        var services = context.RequestServices;
        var userId = context.User.UserId();
        using var connection = services.GetRequiredService<LiveConnections>()
            .Add(userId, context.RequestAborted, session: context.User.SessionSubject());
        services.GetRequiredService<ReplyStreamExpiry>().Track(context, connection);
        var options = services.GetRequiredService<IOptions<DeliveryOptions>>().Value;
        var delays = services.GetRequiredService<ReconnectDelays>();
        var writer = new SseWriter(context, delays, options.WriteTimeout, services.GetRequiredService<TimeProvider>());
        var logger = services.GetRequiredService<ILogger<ReplyStreamResult>>();
        try
        {
            await RunAsync(context, services.GetRequiredService<ReplyStream>(), writer, delays, connection, logger);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has disconnected; its reply continues without it.
        }
        catch (SlowReaderException)
        {
            // The client has not read what is already written, so a closing frame would not reach it: the connection is reset, and it may
            // reconnect.
            LogSlow(logger, replies[0].Id, CloseCodes.Slow);
            context.Abort();
        }
    }

    private async Task RunAsync(
        HttpContext context, ReplyStream stream, SseWriter writer, ReconnectDelays delays, LiveConnection connection, ILogger logger)
    {
        await writer.StartAsync();
        int? closing = null;
        try
        {
            foreach (var reply in replies)
            {
                closing = await stream.RunAsync(writer, connection, reply, resumeFrom, areNew);
                if (closing is not null)
                    break;
            }
        }
        catch (Exception exception) when (ExceptionProblem.IsTransient(exception))
        {
            LogUnavailable(logger, replies[0].Id, exception.Message);
            closing = CloseCodes.Unreachable;
        }
        catch (OperationCanceledException) when (connection.ClosingCode is not null && !context.RequestAborted.IsCancellationRequested)
        {
            closing = connection.ClosingCode;
        }
        catch (JubileeException exception) when (exception.Code == ErrorCode.NotFound)
        {
            // The reply was deleted with its conversation after the request was accepted.
            closing = CloseCodes.Removed;
        }

        if (closing is { } code)
            await writer.SendAsync([ReplyEvent.Create(ClosingFrame.Create(code, delays), null)]);
    }

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "The stream of reply {Reply} was reset with code {Code}: its client reads too slowly.")]
    private static partial void LogSlow(ILogger logger, ReplyId reply, int code);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The stream of reply {Reply} was closed because the cluster is unavailable: {Reason}")]
    private static partial void LogUnavailable(ILogger logger, ReplyId reply, string reason);
}
