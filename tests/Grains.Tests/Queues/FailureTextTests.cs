using JubileeVerse.Queues.Store;

namespace JubileeVerse.Grains.Tests.Queues;

public sealed class FailureTextTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a\0b", "a\uFFFDb")]
    public void Clean_WhatAStoreCannotHold_IsReplaced(string text, string expected) => Assert.Equal(expected, FailureText.Clean(text));

    [Fact]
    public void Clean_HalfASurrogatePair_IsReplaced() => Assert.Equal("a\uFFFD", FailureText.Clean("a" + '\ud83d'));

    [Fact]
    public void Clean_ALongText_IsCutBetweenCharacters()
    {
        var text = FailureText.Clean(string.Concat(Enumerable.Repeat("\U0001F600", 3000)));

        Assert.Equal(4000, text!.Length);
    }
}
