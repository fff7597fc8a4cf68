using System.Text;
using CsCheck;
using JubileeVerse.Replies;

namespace JubileeVerse.Grains.Tests.Replies;

public sealed class AnswerSieveTests
{
    [Fact]
    public void Pass_PairSplitOverTwoPieces_ComesThroughWhole()
    {
        var sieve = new AnswerSieve(100);

        Assert.Equal("a", sieve.Pass("a\uD83D"));
        Assert.Equal("\uD83D\uDE00b", sieve.Pass("\uDE00b"));
    }

    [Fact]
    public void Pass_LimitInsidePair_StopsBeforeIt()
    {
        var sieve = new AnswerSieve(2);

        Assert.Equal("a", sieve.Pass("a\U0001F600"));
        Assert.True(sieve.IsFull);
        Assert.Equal("", sieve.Pass("b"));
    }

    [Fact]
    public void Pass_ForbiddenCharacters_AreReplaced() => Assert.Equal("a\uFFFDb\uFFFDc", new AnswerSieve(100).Pass("a\0b\uDE00c"));

    [Fact]
    public void Pass_AnyTextInAnyPieces_GivesStorableTextWithinTheLimit() =>
        Gen.Select(
            Gen.OneOf("a", "é", "\U0001F600", "\0", "\uD83D", "\uDE00", " ", "漢字").List[0, 40],
            Gen.Int[1, 5],
            Gen.Int[1, 30])
        .Sample((parts, pieceLength, limit) =>
        {
            var text = string.Concat(parts);
            var sieve = new AnswerSieve(limit);
            var passed = new StringBuilder();
            foreach (var piece in text.Chunk(pieceLength))
            {
                var out1 = sieve.Pass(new string(piece));
                Assert.Equal(out1, new UTF8Encoding(false, true).GetString(new UTF8Encoding(false, true).GetBytes(out1)));
                passed.Append(out1);
            }

            Assert.True(passed.Length <= limit);
            Assert.DoesNotContain('\0', passed.ToString());
            if (!sieve.IsFull && IsStorable(text))
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
