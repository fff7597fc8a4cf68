using System.Text;
using CsCheck;
using JubileeVerse.Replies;

namespace JubileeVerse.Grains.Tests.Replies;

public sealed class ReplyTextSanitizerTests
{
    [Fact]
    public void Sanitize_SurrogatePairSplitAcrossPieces_IsKeptWhole()
    {
        var sanitizer = new ReplyTextSanitizer(100);

        Assert.Equal("a", sanitizer.Sanitize("a\uD83D"));
        Assert.Equal("\uD83D\uDE00b", sanitizer.Sanitize("\uDE00b"));
    }

    [Fact]
    public void Sanitize_LimitInsideASurrogatePair_StopsBeforeThePair()
    {
        var sanitizer = new ReplyTextSanitizer(2);

        Assert.Equal("a", sanitizer.Sanitize("a\U0001F600"));
        Assert.True(sanitizer.IsFull);
        Assert.Equal("", sanitizer.Sanitize("b"));
    }

    [Fact]
    public void Sanitize_ForbiddenCharacters_AreReplaced() =>
        Assert.Equal("a\uFFFDb\uFFFDc", new ReplyTextSanitizer(100).Sanitize("a\0b\uDE00c"));

    [Fact]
    public void Sanitize_AnyTextInAnyPieces_ReturnsStorableTextWithinTheLimit() =>
        Gen.Select(
            Gen.OneOf("a", "é", "\U0001F600", "\0", "\uD83D", "\uDE00", " ", "漢字").List[0, 40],
            Gen.Int[1, 5],
            Gen.Int[1, 30])
        .Sample((parts, pieceLength, limit) =>
        {
            var text = string.Concat(parts);
            var sanitizer = new ReplyTextSanitizer(limit);
            var passed = new StringBuilder();
            foreach (var piece in text.Chunk(pieceLength))
            {
                var clean = sanitizer.Sanitize(new string(piece));
                Assert.Equal(clean, new UTF8Encoding(false, true).GetString(new UTF8Encoding(false, true).GetBytes(clean)));
                passed.Append(clean);
            }

            Assert.True(passed.Length <= limit);
            Assert.DoesNotContain('\0', passed.ToString());
            if (!sanitizer.IsFull && IsStorable(text))
                Assert.Equal(text, passed.ToString());
        });

    private static bool IsStorable(string text)
    {
        try
        {
            new UTF8Encoding(false, true).GetBytes(text);
            return !text.Contains('\0');
        }
        catch (EncoderFallbackException)
        {
            return false;
        }
    }
}
