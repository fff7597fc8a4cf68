using System.Security.Claims;
using JubileeVerse.Accounts;
using JubileeVerse.Conversations;
using JubileeVerse.Gateway.Errors;
using JubileeVerse.Gateway.Realtime.Replies;
using JubileeVerse.Gateway.Realtime.Sse;
using JubileeVerse.Gateway.Sessions;
using JubileeVerse.Replies;
using Microsoft.AspNetCore.Http.HttpResults;

namespace JubileeVerse.Gateway.Replies;

/// <summary>Endpoints for one reply: its state, its event stream and its cancellation.</summary>
internal static class ReplyEndpoints
{
    private const string LastEventId = "Last-Event-ID";

    public static void MapReplies(this IEndpointRouteBuilder app)
    {
        var replies = app.MapGroup("/api/replies/{id}").RequireAuthorization().WithTags("Replies");
        replies.MapGet("", GetAsync);
        replies.MapGet("/events", EventsAsync).Produces<string>(StatusCodes.Status200OK, SseWriter.ContentType);
        replies.MapPost("/cancel", CancelAsync);
    }

    private static async Task<Results<Ok<ReplyResponse>, ProblemResult>> GetAsync(
        ReplyId id, ClaimsPrincipal caller, IGrainFactory grains, CancellationToken cancellationToken)
    {
        var userId = caller.UserId();
        if (await FindAsync(grains, userId, id, cancellationToken) is not { } stored)
            return ProblemResult.NotFound("reply");

        // Only the conversation grain knows the text and the queue position of a reply in progress.
        return TypedResults.Ok(new ReplyResponse(stored.HasEnded()
            ? stored
            : await grains.GetGrain<IConversationGrain>(stored.ConversationId.Value).GetReplyAsync(userId, id, cancellationToken)));
    }

    private static async Task<Results<ReplyStreamResult, NoContent, ProblemResult>> EventsAsync(
        ReplyId id, HttpContext context, IGrainFactory grains, CancellationToken cancellationToken)
    {
        if (await FindAsync(grains, context.User.UserId(), id, cancellationToken) is not { } stored)
            return ProblemResult.NotFound("reply");

        var cursor = ReplyCursor.Parse(context.Request.Headers[LastEventId]);
        return cursor is { HasEnded: true } && stored.HasEnded() ? TypedResults.NoContent() : new ReplyStreamResult([stored], cursor);
    }

    private static async Task<Ok<ReplyResponse>> CancelAsync(
        ReplyId id, ClaimsPrincipal caller, IGrainFactory grains, CancellationToken cancellationToken) =>
        TypedResults.Ok(new ReplyResponse(await ReplyCommands.CancelAsync(grains, caller.UserId(), id, cancellationToken)));

    private static Task<Reply?> FindAsync(IGrainFactory grains, UserId userId, ReplyId id, CancellationToken cancellationToken) =>
        grains.GetGrain<IConversationQueriesGrain>(0).FindReplyAsync(userId, id, cancellationToken);
}
