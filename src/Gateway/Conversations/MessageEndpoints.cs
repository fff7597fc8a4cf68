using System.Globalization;
using System.Security.Claims;
using JubileeVerse.Conversations;
using JubileeVerse.Gateway.Conversations.Requests;
using JubileeVerse.Gateway.Conversations.Responses;
using JubileeVerse.Gateway.Errors;
using JubileeVerse.Gateway.Http;
using JubileeVerse.Gateway.Realtime.Sse;
using JubileeVerse.Gateway.Sessions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace JubileeVerse.Gateway.Conversations;

/// <summary>Endpoints for the messages of a conversation: list, post and regenerate.</summary>
internal static class MessageEndpoints
{
    public static void MapMessages(this IEndpointRouteBuilder conversations)
    {
        conversations.MapGet("/{id}/messages", ListAsync);
        conversations.MapPost("/{id}/messages", PostAsync);
    }

    public static void MapRegenerate(this IEndpointRouteBuilder app) => app
        .MapPost("/api/messages/{id}/regenerate", RegenerateAsync)
        .RequireAuthorization()
        .WithTags("Conversations");

    private static async Task<Results<Ok<MessagesResponse>, ProblemResult>> ListAsync(
        ConversationId id,
        long? before,
        long? after,
        int? limit,
        ClaimsPrincipal caller,
        IGrainFactory grains,
        CancellationToken cancellationToken)
    {
        var faults = new Faults();
        faults.AddIf(before is not null && after is not null, "before", "Must not be combined with after.");
        var request = new MessagePageRequest(before, after, PageQuery.Limit(faults, limit));
        faults.ThrowIfAny();

        return await grains.GetGrain<IConversationQueriesGrain>(0)
            .MessagesAsync(caller.UserId(), id, request, cancellationToken) is { } page
            ? TypedResults.Ok(
                new MessagesResponse(page.Messages, NextOf(page, after is not null), page.OpenReplies, page.Epoch, page.Offset))
            : ProblemResult.NotFound("conversation");
    }

    /// <summary>The sequence number of the message at which the next page continues; null on the last page.</summary>
    private static string? NextOf(MessagePage page, bool ascending) => page is { HasMore: true, Messages.IsEmpty: false }
        ? page.Messages[ascending ? ^1 : 0].Seq.ToString(CultureInfo.InvariantCulture)
        : null;

    private static async Task<Results<Ok<PostMessageResponse>, Accepted<PostMessageResponse>, ReplyStreamResult, ProblemResult>> PostAsync(
        ConversationId id,
        PostMessageRequest request,
        HttpContext context,
        IGrainFactory grains,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        request.ThrowIfInvalid();
        var key = IdempotencyKey.From(context.Request, request.ClientMessageId, time);
        return ToResult(context, key, await MessageCommands.PostAsync(grains, context.User.UserId(), id, request, key, cancellationToken));
    }

    private static async Task<Results<Ok<PostMessageResponse>, Accepted<PostMessageResponse>, ReplyStreamResult, ProblemResult>>
        RegenerateAsync(MessageId id, HttpContext context, IGrainFactory grains, TimeProvider time, CancellationToken cancellationToken)
    {
        var key = IdempotencyKey.From(context.Request, null, time);
        return ToResult(context, key, await MessageCommands.RegenerateAsync(grains, context.User.UserId(), id, key, cancellationToken));
    }

    private static Results<Ok<PostMessageResponse>, Accepted<PostMessageResponse>, ReplyStreamResult, ProblemResult> ToResult(
        HttpContext context, IdempotencyKey key, PostResult result)
    {
        if (result.Turn is not { } turn)
            return ProblemResult.From(result.Refusal!);
        if (ReplyStreamResult.IsRequested(context.Request) && !turn.Replies.IsEmpty)
            return new ReplyStreamResult(turn.Replies, null, areNew: !turn.Replayed);

        var response = new PostMessageResponse(turn.Message, turn.Replies);
        var location = turn.Replies.IsEmpty ? null : $"/api/replies/{turn.Replies[0].Id}";
        return turn.Replayed && !key.IsGenerated ? TypedResults.Ok(response) : TypedResults.Accepted(location, response);
    }
}
