using JubileeVerse.Accounts;
using JubileeVerse.Conversations;
using JubileeVerse.Realtime;
using Microsoft.Extensions.Time.Testing;

namespace JubileeVerse.Grains.Tests.Realtime;

public sealed class ChannelNameTests
{
    private static readonly FakeTimeProvider Time = new();

    [Fact]
    public void Kind_OfEachThatIsMade_IsKnownAndTheKeyIsWhatFollows()
    {
        var (user, conversation) = (UserId.New(Time), ConversationId.New(Time));

        Assert.Equal((ChannelKind.User, user.ToString()), Parts(ChannelName.Of(user)));
        Assert.Equal((ChannelKind.Conversation, conversation.ToString()), Parts(ChannelName.Of(conversation)));
        Assert.Equal((ChannelKind.Queue, "ai-response"), Parts(ChannelName.OfQueue("ai-response")));
        Assert.Equal((ChannelKind.Named, "news"), Parts(ChannelName.OfNamed("news")));
        Assert.Equal((ChannelKind.Announcements, ""), Parts(ChannelName.Announcements));
    }

    [Theory]
    [InlineData("")]
    [InlineData("user:")]
    [InlineData("user:me")]
    [InlineData("conversation:1")]
    [InlineData("queue:")]
    [InlineData("channel:")]
    [InlineData("announcements:x")]
    [InlineData("Announcements")]
    [InlineData("conversation:01890A5D-AC96-774B-BCCE-B302099A8057")]
    [InlineData("conversation:01890a5d-ac96-774b-bcce-b302099a805F")]
    [InlineData("conversation: 01890a5d-ac96-774b-bcce-b302099a8057")]
    [InlineData("conversation:01890a5d-ac96-774b-bcce-b302099a8057 ")]
    [InlineData("conversation:01890a5dac96774bbcceb302099a8057")]
    [InlineData("conversation:{01890a5d-ac96-774b-bcce-b302099a8057}")]
    [InlineData("user:01890A5D-AC96-774B-BCCE-B302099A8057")]
    public void Kind_OfAnythingElse_IsUnknown(string name) => Assert.Equal(ChannelKind.Unknown, new ChannelName(name).Kind);

    [Fact]
    public void Kind_OfNone_OrOfOneThatIsTooLong_IsUnknown()
    {
        Assert.Equal(ChannelKind.Unknown, default(ChannelName).Kind);
        Assert.Equal(ChannelKind.Unknown, ChannelName.OfNamed(new string('x', ChannelName.MaxLength)).Kind);
    }

    private static (ChannelKind Kind, string Key) Parts(ChannelName name) => (name.Kind, name.Key);
}
