using JubileeVerse.Accounts;
using JubileeVerse.Conversations;
using JubileeVerse.Errors;
using JubileeVerse.Gateway.Conversations;
using JubileeVerse.Gateway.Conversations.Requests;
using JubileeVerse.Gateway.Conversations.Responses;
using JubileeVerse.Gateway.Errors;
using JubileeVerse.Gateway.Realtime.Connections;
using JubileeVerse.Gateway.Realtime.Presence;
using JubileeVerse.Gateway.Realtime.Subscriptions;
using JubileeVerse.Gateway.Replies;
using JubileeVerse.Gateway.Sessions;
using JubileeVerse.Gateway.Sessions.Bearer;
using JubileeVerse.Realtime;
using JubileeVerse.Replies;
using JubileeVerse.Rules;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Gateway.Realtime.Hub;

/// <summary>
/// The hub methods, which are the commands of a connection. A command does the same as the HTTP endpoint, and is refused with the same
/// text; see <see cref="ChatHubFilter"/> for what all commands have in common.
/// </summary>
internal sealed class ChatHub(
    IGrainFactory grains,
    ChannelPresence presence,
    UserPresenceFeed presenceFeed,
    TokenSessions tokens,
    IOptions<ClientConnectionOptions> options,
    TimeProvider time)
    : Microsoft.AspNetCore.SignalR.Hub
{
    public const string Path = "/hubs/chat";

    /// <summary>The first character of the methods that only <see cref="ChatHubProtocol"/> may call; it refuses them to clients.</summary>
    public const char Reserved = '!';

    public const string RefuseMethod = "!refuse";
    public const string BreakMethod = "!break";

    private HubConnection Connection => HubConnection.From(Context.Features);

    private UserId UserId => Connection.Live.UserId;

    private CancellationToken Aborted => Context.ConnectionAborted;

    /// <summary>Returns one result for each request, in the same order. The frames of a channel may overtake the result.</summary>
    public async Task<SubscribeResult[]> Subscribe(SubscribeRequest[] requests)
    {
        Check(requests, nameof(requests));
        var results = new SubscribeResult[requests.Length];
        for (var i = 0; i < requests.Length; i++)
            results[i] = await Connection.Subscriptions.SubscribeAsync(requests[i], Aborted);
        return results;
    }

    public void Unsubscribe(ChannelName[] channels)
    {
        Check(channels, nameof(channels));
        foreach (var channel in channels)
            Connection.Subscriptions.Unsubscribe(channel);
    }

    public async Task<PostMessageResponse> SendMessage(SendMessageRequest request)
    {
        Check(request, nameof(request));
        request.ThrowIfInvalid();
        var key = IdempotencyKey.From(request.ClientMessageId, time);
        var conversationId = request.ConversationId!.Value;
        return ToPostedAnswer(await MessageCommands.PostAsync(grains, UserId, conversationId, request.ToPost(), key, Aborted));
    }

    public async Task<PostMessageResponse> RegenerateReply(MessageId messageId) =>
        ToPostedAnswer(await MessageCommands.RegenerateAsync(grains, UserId, messageId, IdempotencyKey.From(null, time), Aborted));

    public async Task<ReplyResponse> CancelReply(ReplyId replyId) =>
        new(await ReplyCommands.CancelAsync(grains, UserId, replyId, Aborted));

    public Task MarkRead(ConversationId conversationId, long seq) =>
        MessageCommands.MarkReadAsync(grains, UserId, conversationId, new MarkReadRequest { Seq = seq }, Aborted);

    public async Task<PresenceResult> GetPresence(ChannelName channel) =>
        new(channel, await presence.GetUsersAsync(UserId, channel, Aborted));

    /// <summary>Replaces the connection's token with a newer one of the same user.</summary>
    public async Task RefreshToken(string token)
    {
        Check(token, nameof(token));
        var ticket = await tokens.ReadAsync(token, Aborted)
            ?? throw new JubileeException(ErrorCode.Unauthenticated, "The token is not valid.");
        if (ticket.Principal.UserId() != UserId)
            throw new JubileeException(ErrorCode.Forbidden, "The token belongs to another user.");
        Connection.Renew(ticket);
        // The call is not awaited, because the feed retries until the user's grain has acknowledged the change.
        _ = presenceFeed.NotifyAsync(Connection.Live);
    }

    /// <summary>Refuses a call that does not match any method or its parameters.</summary>
#pragma warning disable CA1822 // SignalR finds instance methods only.
    [HubMethodName(RefuseMethod)]
    public void Refuse(string method, Problem problem) => throw HubErrors.ToException(method, problem);
#pragma warning restore CA1822

    /// <summary>
    /// Closes the connection, because the client has sent bytes that are not a message of the protocol, so that the rest cannot be
    /// parsed.
    /// </summary>
    [HubMethodName(BreakMethod)]
    public void Break() => Connection.Live.Close(CloseCodes.Protocol);

    private static PostMessageResponse ToPostedAnswer(PostResult result) =>
        result.Turn is { } turn
            ? new PostMessageResponse(turn.Message, turn.Replies)
            : throw HubErrors.ToException(Problem.From(result.Refusal!));

    private static void Check(object? argument, string name)
    {
        if (argument is null)
            throw Invalid(name, TextField.RequiredRule);
    }

    private static InvalidFieldsException Invalid(string name, string rule) => new(new Dictionary<string, string[]> { [name] = [rule] });

    /// <summary>Refuses null items, and more items than a connection may subscribe to.</summary>
    private void Check<T>(T[]? items, string name)
    {
        Check((object?)items, name);
        var max = options.Value.ChannelsPerLink;
        if (items!.Length > max)
            throw Invalid(name, $"At most {max} items are allowed; there are {items.Length}.");
        if (items.Any(item => item is null))
            throw Invalid(name, "None of them may be null.");
    }
}
