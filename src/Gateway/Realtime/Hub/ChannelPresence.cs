using System.Collections.Immutable;
using JubileeVerse.Accounts;
using JubileeVerse.Errors;
using JubileeVerse.Gateway.Errors;
using JubileeVerse.Gateway.Realtime.Subscriptions;
using JubileeVerse.Realtime;

namespace JubileeVerse.Gateway.Realtime.Hub;

/// <summary>Returns the users of a channel to a user who may subscribe to it.</summary>
internal sealed class ChannelPresence(ChannelAccess access)
{
    public async Task<ImmutableArray<UserId>> GetUsersAsync(UserId callerId, ChannelName channel, CancellationToken cancellationToken)
    {
        switch (await access.CheckAsync(callerId, channel, cancellationToken))
        {
            case null:
                break;
            case ErrorCode.NotFound:
                throw JubileeException.NotFound("channel");
            case ErrorCode.InvalidRequest:
                throw new InvalidFieldsException(new Dictionary<string, string[]> { ["channel"] = [ChannelAccess.NameRule] });
            case { } code:
                throw new JubileeException(code, "You may not see who is in this channel.");
        }

        return channel.Kind switch
        {
            // Only the caller may subscribe to the channel, and the caller is connected.
            ChannelKind.User or ChannelKind.Conversation => [callerId],
            // The users of other channels are not counted: named channels do not learn their subscribers, and an empty list would be wrong.
            _ => throw new JubileeException(ErrorCode.Forbidden, "Presence is not available for channels of this kind."),
        };
    }
}
