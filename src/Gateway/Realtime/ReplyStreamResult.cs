using System.Collections.Immutable;
using JubileeVerse.Errors;
using JubileeVerse.Gateway.Accounts;
using JubileeVerse.Gateway.Errors;
using JubileeVerse.Replies;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Gateway.Realtime;

/// <summary>Answers with the stream of one reply, or of several that are made one after the other.</summary>
/// <param name="replies">In the order in which they are made.</param>
/// <param name="resumeFrom">The text that the client has.</param>
/// <param name="areNew">The request has made them: each is told from its beginning.</param>
internal sealed partial class ReplyStreamResult(ImmutableArray<Reply> replies, ReplyCursor? resumeFrom, bool areNew = false) : IResult
{
    public const string ContentType = "text/event-stream";

    public static bool IsAskedFor(HttpRequest request) =>
        request.GetTypedHeaders().Accept.Any(accepted => accepted.MediaType.Equals(ContentType, StringComparison.OrdinalIgnoreCase));

    public async Task ExecuteAsync(HttpContext context)
    {
        var services = context.RequestServices;
        var userId = context.User.UserId();
        using var connection = services.GetRequiredService<LiveConnections>().Add(userId, context.RequestAborted, session: context.User.SessionSubject());
        services.GetRequiredService<ReplyStreamTerms>().Hold(context, connection);
        var options = services.GetRequiredService<IOptions<DeliveryOptions>>().Value;
        var writer = new SseWriter(context, options.WriteTimeout, services.GetRequiredService<TimeProvider>());
        var logger = services.GetRequiredService<ILogger<ReplyStreamResult>>();
        try
        {
            await RunAsync(context, services.GetRequiredService<ReplyStream>(), writer, connection, logger);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has left; its reply goes on without it.
        }
        catch (SlowReaderException)
        {
            // What it has not taken stands between us and it, so no closing frame can pass: the link is cut, and it may come back.
            LogSlow(logger, replies[0].Id, CloseCodes.Slow);
            context.Abort();
        }
    }

    private async Task RunAsync(HttpContext context, ReplyStream stream, SseWriter writer, LiveConnection connection, ILogger logger)
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
            LogLost(logger, replies[0].Id, exception.Message);
            closing = CloseCodes.Lost;
        }
        catch (OperationCanceledException) when (connection.ClosingCode is not null && !context.RequestAborted.IsCancellationRequested)
        {
            closing = connection.ClosingCode;
        }
        catch (JubileeException exception) when (exception.Code == ErrorCode.NotFound)
        {
            // Deleted, with its conversation, since the request was let in.
            closing = CloseCodes.Gone;
        }

        if (closing is { } code)
            await writer.SendAsync([ReplyEvent.Of(CloseCodes.Closing(code), null)]);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The stream of reply {Reply} was cut with {Code}: its client reads too slowly.")]
    private static partial void LogSlow(ILogger logger, ReplyId reply, int code);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The stream of reply {Reply} was closed: {Reason}")]
    private static partial void LogLost(ILogger logger, ReplyId reply, string reason);
}
