using JubileeVerse.Conversations;

namespace JubileeVerse.Grains.Tests.Conversations;

public sealed class PreviewTextTests
{
    [Theory]
    [InlineData("short", 20, "short")]
    [InlineData("  two \n\n lines ", 20, "two lines")]
    [InlineData("one two three four", 12, "one two…")]
    [InlineData("abcdefghijklmnop", 8, "abcdefg…")]
    public void Of_AnyText_IsOneLineWithinTheLimit(string text, int maxLength, string expected) =>
        Assert.Equal(expected, PreviewText.Of(text, maxLength));

    [Fact]
    public void Of_ACutInsideASurrogatePair_LeavesThePairOut() =>
        Assert.Equal("abcdef…", PreviewText.Of("abcdef\U0001F600ghij", 8));
}
