using JubileeVerse.Rules;

namespace JubileeVerse.Grains.Tests.Rules;

public sealed class StorableTextTests
{
    // Not theory data, because an attribute's string cannot contain a lone surrogate.
    [Fact]
    public void IsStorable_PairsAndPlainText_IsTrue() =>
        Assert.All(["", "plain", "\ud83d\ude00", "a\ud83d\ude00\ud83d\ude00b"], text => Assert.True(StorableText.IsStorable(text)));

    [Fact]
    public void IsStorable_NullOrUnpairedSurrogate_IsFalse()
    {
        string[] texts =
        [
            "\0", "a\0b", "\ud83d", "\ude00", "\ude00\ud83d", "\ud83d\ude00\ud83d", "\ud83d\ud83d\ude00", "a\ud83db", "\ud83da\ude00",
            "\ude00a", "\ud83d\ude00\0",
        ];

        Assert.All(texts, text => Assert.False(StorableText.IsStorable(text)));
    }
}
