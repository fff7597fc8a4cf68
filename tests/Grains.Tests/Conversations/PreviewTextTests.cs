using JubileeVerse.Conversations.Writing;

namespace JubileeVerse.Grains.Tests.Conversations;

public sealed class PreviewTextTests
{
    [Theory]
    [InlineData("short", 20, "short")]
    [InlineData("  two \n\n lines ", 20, "two lines")]
    [InlineData("one two three four", 12, "one two…")]
    [InlineData("abcdefghijklmnop", 8, "abcdefg…")]
    public void Create_AnyText_IsOneLineWithinTheLimit(string text, int maxLength, string expected) =>
        Assert.Equal(expected, PreviewText.Create(text, maxLength));

    [Fact]
    public void Create_LimitInsideASurrogatePair_OmitsThePair() =>
        Assert.Equal("abcdef…", PreviewText.Create("abcdef\U0001F600ghij", 8));
}
