using System.Globalization;
using System.Security.Claims;
using JubileeVerse.Conversations;
using JubileeVerse.Gateway.Accounts;
using JubileeVerse.Gateway.Errors;
using JubileeVerse.Gateway.Http;
using JubileeVerse.Gateway.Realtime;

namespace JubileeVerse.Gateway.Conversations;

/// <summary>The messages of a conversation: reading, posting, answering once more.</summary>
internal static class MessageEndpoints
{
    public static void MapMessages(this IEndpointRouteBuilder conversations)
    {
        conversations.MapGet("/{id}/messages", ListAsync).Produces<MessagesAnswer>();
        conversations.MapPost("/{id}/messages", PostAsync)
            .Produces<PostedAnswer>(StatusCodes.Status202Accepted)
            .Produces<PostedAnswer>();
    }

    public static void MapRegenerate(this IEndpointRouteBuilder app) => app
        .MapPost("/api/messages/{id}/regenerate", RegenerateAsync)
        .RequireAuthorization()
        .WithTags("Conversations")
        .Produces<PostedAnswer>(StatusCodes.Status202Accepted)
        .Produces<PostedAnswer>();

    private static async Task<IResult> ListAsync(
        ConversationId id,
        long? before,
        long? after,
        int? limit,
        ClaimsPrincipal caller,
        IGrainFactory grains,
        CancellationToken cancellationToken)
    {
        var faults = new Faults();
        faults.AddIf(before is not null && after is not null, "before", "Give either before or after.");
        var request = new MessagePageRequest(before, after, PageQuery.Limit(faults, limit));
        faults.ThrowIfAny();

        return await grains.GetGrain<IConversationQueries>(0).MessagesAsync(caller.UserId(), id, request, cancellationToken) is { } page
            ? Results.Ok(new MessagesAnswer(page.Messages, NextOf(page, after is not null), page.OpenReplies, page.Epoch, page.Offset))
            : ProblemResult.NotFound("conversation");
    }

    /// <summary>The sequence number at the end from which the next page goes on.</summary>
    private static string? NextOf(MessagePage page, bool ascending) => page is { HasMore: true, Messages.IsEmpty: false }
        ? page.Messages[ascending ? ^1 : 0].Seq.ToString(CultureInfo.InvariantCulture)
        : null;

    private static async Task<IResult> PostAsync(
        ConversationId id,
        PostMessageRequest request,
        HttpContext context,
        IGrainFactory grains,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        request.ThrowIfInvalid();
        var key = IdempotencyKey.Of(context.Request, request.ClientMessageId, time);
        return Answer(context, key, await MessageCommands.PostAsync(grains, context.User.UserId(), id, request, key, cancellationToken));
    }

    private static async Task<IResult> RegenerateAsync(
        MessageId id, HttpContext context, IGrainFactory grains, TimeProvider time, CancellationToken cancellationToken)
    {
        var key = IdempotencyKey.Of(context.Request, null, time);
        return Answer(context, key, await MessageCommands.RegenerateAsync(grains, context.User.UserId(), id, key, cancellationToken));
    }

    private static IResult Answer(HttpContext context, IdempotencyKey key, PostResult result)
    {
        if (result.Turn is not { } turn)
            return ProblemResult.Of(result.Refusal!);
        if (ReplyStreamResult.IsAskedFor(context.Request) && !turn.Replies.IsEmpty)
            return new ReplyStreamResult(turn.Replies, null, areNew: !turn.Replayed);

        var answer = new PostedAnswer(turn.Message, turn.Replies);
        var location = turn.Replies.IsEmpty ? null : $"/api/replies/{turn.Replies[0].Id}";
        return turn.Replayed && !key.IsMinted ? Results.Ok(answer) : Results.Accepted(location, answer);
    }
}
