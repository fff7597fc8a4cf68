using JubileeVerse.Accounts;
using JubileeVerse.Conversations;
using JubileeVerse.Errors;
using JubileeVerse.Gateway.Accounts;
using JubileeVerse.Gateway.Conversations;
using JubileeVerse.Gateway.Errors;
using JubileeVerse.Gateway.Replies;
using JubileeVerse.Realtime;
using JubileeVerse.Replies;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Gateway.Realtime.Hub;

/// <summary>
/// The commands of a link. What a person can do over HTTP does the same here, with the same words for what is refused; see
/// <see cref="ChatFilter"/> for what all of them have in common.
/// </summary>
internal sealed class ChatHub(
    IGrainFactory grains,
    ChannelPresence presence,
    UserPresenceFeed people,
    TokenSessions tokens,
    IOptions<LinkOptions> options,
    TimeProvider time)
    : Microsoft.AspNetCore.SignalR.Hub
{
    public const string Path = "/hubs/chat";

    /// <summary>Names that <see cref="ChatProtocol"/> alone calls, and refuses to clients, begin with this.</summary>
    public const char Reserved = '!';

    public const string RefuseMethod = "!refuse";
    public const string BreakMethod = "!break";

    private HubLink Link => HubLink.Of(Context.Features);

    private UserId UserId => Link.Connection.UserId;

    private CancellationToken Aborted => Context.ConnectionAborted;

    /// <summary>One answer for each request, in their order. The frames of a channel may overtake its answer.</summary>
    public async Task<SubscribeAnswer[]> Subscribe(SubscribeRequest[] requests)
    {
        Check(requests, nameof(requests));
        var answers = new SubscribeAnswer[requests.Length];
        for (var i = 0; i < requests.Length; i++)
            answers[i] = await Link.Subscriptions.SubscribeAsync(requests[i], Aborted);
        return answers;
    }

    public void Unsubscribe(ChannelName[] channels)
    {
        Check(channels, nameof(channels));
        foreach (var channel in channels)
            Link.Subscriptions.Unsubscribe(channel);
    }

    public async Task<PostedAnswer> SendMessage(SendMessageRequest request)
    {
        Check(request, nameof(request));
        request.ThrowIfInvalid();
        var key = IdempotencyKey.Of(request.ClientMessageId, time);
        return Posted(await MessageCommands.PostAsync(grains, UserId, request.ConversationId!.Value, request.ToPost(), key, Aborted));
    }

    public async Task<PostedAnswer> RegenerateReply(MessageId messageId) =>
        Posted(await MessageCommands.RegenerateAsync(grains, UserId, messageId, IdempotencyKey.Of(null, time), Aborted));

    public async Task<ReplyAnswer> CancelReply(ReplyId replyId) => new(await ReplyCommands.CancelAsync(grains, UserId, replyId, Aborted));

    public Task MarkRead(ConversationId conversationId, long seq) =>
        MessageCommands.MarkReadAsync(grains, UserId, conversationId, new MarkReadRequest { Seq = seq }, Aborted);

    public async Task<PresenceAnswer> GetPresence(ChannelName channel) => new(channel, await presence.PresentAsync(UserId, channel, Aborted));

    /// <summary>The link goes on with this token, which is of the same person.</summary>
    public async Task RefreshToken(string token)
    {
        Check(token, nameof(token));
        var ticket = await tokens.ReadAsync(token, Aborted)
            ?? throw new JubileeException(ErrorCode.Unauthenticated, "The token is not valid.");
        if (ticket.Principal.UserId() != UserId)
            throw new JubileeException(ErrorCode.Forbidden, "The token is another person's.");
        Link.Renew(ticket);
        // The feed says it until it is known: the client need not wait for that.
        _ = people.TellAsync(Link.Connection);
    }

    /// <summary>What a client has called, and does not fit any method.</summary>
    [HubMethodName(RefuseMethod)]
    public void Refuse(string method, Problem problem) => throw HubErrors.Of(method, problem);

    /// <summary>What a client has sent is no frame of the protocol, so what follows cannot be trusted to be one.</summary>
    [HubMethodName(BreakMethod)]
    public void Break() => Link.Connection.Close(CloseCodes.Protocol);

    private static PostedAnswer Posted(PostResult result) =>
        result.Turn is { } turn ? new PostedAnswer(turn.Message, turn.Replies) : throw HubErrors.Of(Problem.Of(result.Refusal!));

    private static void Check(object? argument, string name)
    {
        if (argument is null)
            throw Invalid(name, "It is required.");
    }

    private static InvalidFieldsException Invalid(string name, string rule) => new(new Dictionary<string, string[]> { [name] = [rule] });

    /// <summary>No more at once than a link may hear.</summary>
    private void Check<T>(T[]? items, string name)
    {
        Check((object?)items, name);
        var max = options.Value.ChannelsPerLink;
        if (items!.Length > max)
            throw Invalid(name, $"At most {max} at once.");
        if (items.Any(item => item is null))
            throw Invalid(name, "None of them may be null.");
    }
}
