using System.Text;
using JubileeVerse.Queues.Store.Rows;

namespace JubileeVerse.Grains.Tests.Queues.Store;

public sealed class FailureTextTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a\0b", "a\uFFFDb")]
    public void Clean_UnstorableCharacter_IsReplaced(string text, string expected) => Assert.Equal(expected, FailureText.Clean(text));

    [Fact]
    public void Clean_LoneSurrogate_IsReplaced() => Assert.Equal("a\uFFFD", FailureText.Clean("a" + '\ud83d'));

    [Theory]
    [InlineData("x", 4096)]
    [InlineData("\U0001F600", 1024)]
    public void Clean_TextOfFourKilobytes_IsUnchanged(string character, int count)
    {
        var text = string.Concat(Enumerable.Repeat(character, count));

        Assert.Equal(text, FailureText.Clean(text));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("ä")]
    [InlineData("\0")]
    [InlineData("\U0001F600")]
    public void Clean_LongText_IsTruncatedBetweenCharactersAndMarked(string character)
    {
        var text = FailureText.Clean(string.Concat(Enumerable.Repeat(character, 5_000)))!;

        Assert.EndsWith(FailureText.TruncationMark, text, StringComparison.Ordinal);
        Assert.InRange(Encoding.UTF8.GetByteCount(text), FailureText.MaxBytes - 3, FailureText.MaxBytes);
        Assert.DoesNotContain('\uFFFD', character == "\0" ? "" : text);
        Assert.Equal(text, FailureText.Clean(text));
    }

    [Fact]
    public void From_Exception_ContainsTypeMessageAndInnermostFrames()
    {
        var text = FailureText.From(Thrown(depth: 40));

        var lines = text.Split('\n');
        Assert.Equal("InvalidOperationException: Too deep.", lines[0]);
        Assert.Equal(13, lines.Length);
        Assert.All(lines[1..], line => Assert.Contains(nameof(Throw), line, StringComparison.Ordinal));
        Assert.Equal(lines[0], FailureText.FirstLine(text));
    }

    [Fact]
    public void From_LongMessage_LeavesRoomForTheFrames()
    {
        var text = FailureText.From(Thrown(depth: 1, new string('m', 10_000)));

        Assert.Contains(nameof(Throw), text, StringComparison.Ordinal);
        Assert.InRange(text.Length, 1_000, FailureText.MaxBytes);
    }

    private static InvalidOperationException Thrown(int depth, string message = "Too deep.") =>
        Assert.Throws<InvalidOperationException>(() => Throw(depth, message));

    private static void Throw(int depth, string message)
    {
        if (depth == 0)
            throw new InvalidOperationException(message);
        Throw(depth - 1, message);
    }
}
