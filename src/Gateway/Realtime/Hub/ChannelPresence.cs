using System.Collections.Immutable;
using JubileeVerse.Accounts;
using JubileeVerse.Errors;
using JubileeVerse.Gateway.Errors;
using JubileeVerse.Realtime;

namespace JubileeVerse.Gateway.Realtime.Hub;

/// <summary>Says who is in a channel, to those who may join it.</summary>
internal sealed class ChannelPresence(ChannelAccess access)
{
    public async Task<ImmutableArray<UserId>> PresentAsync(UserId asking, ChannelName channel, CancellationToken cancellationToken)
    {
        switch (await access.RefuseAsync(asking, channel, cancellationToken))
        {
            case null:
                break;
            case ErrorCode.NotFound:
                throw JubileeException.NotFound("channel");
            case ErrorCode.InvalidRequest:
                throw new InvalidFieldsException(new Dictionary<string, string[]> { ["channel"] = [ChannelAccess.NameRule] });
            case { } code:
                throw new JubileeException(code, "Who is in this channel is not yours to know.");
        }

        return channel.Kind switch
        {
            // The only one who may join it is the one who asks, on a link that lives.
            ChannelKind.User or ChannelKind.Conversation => [asking],
            // Everyone's, or a queue's: nobody counts who listens. Nor are listeners said to a named one, and an empty list would be untrue.
            _ => throw new JubileeException(ErrorCode.Forbidden, "Who is in this channel is not told."),
        };
    }
}
