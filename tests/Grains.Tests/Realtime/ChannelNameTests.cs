using JubileeVerse.Accounts;
using JubileeVerse.Conversations;
using JubileeVerse.Realtime;
using Microsoft.Extensions.Time.Testing;

namespace JubileeVerse.Grains.Tests.Realtime;

public sealed class ChannelNameTests
{
    private static readonly FakeTimeProvider Time = new();

    [Fact]
    public void Kind_CreatedName_IsKnownAndKeyIsTheRest()
    {
        var (user, conversation) = (UserId.New(Time), ConversationId.New(Time));

        Assert.Equal((ChannelKind.User, user.ToString()), Parts(ChannelName.For(user)));
        Assert.Equal((ChannelKind.Conversation, conversation.ToString()), Parts(ChannelName.For(conversation)));
        Assert.Equal((ChannelKind.Queue, "ai-response"), Parts(ChannelName.ForQueue("ai-response")));
        Assert.Equal((ChannelKind.Named, "news"), Parts(ChannelName.ForNamed("news")));
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
    public void Kind_MalformedName_IsUnknown(string name) => Assert.Equal(ChannelKind.Unknown, new ChannelName(name).Kind);

    [Fact]
    public void Kind_DefaultOrTooLongName_IsUnknown()
    {
        Assert.Equal(ChannelKind.Unknown, default(ChannelName).Kind);
        Assert.Equal(ChannelKind.Unknown, ChannelName.ForNamed(new string('x', ChannelName.MaxLength)).Kind);
    }

    private static (ChannelKind Kind, string Key) Parts(ChannelName name) => (name.Kind, name.Key);
}
