using CsCheck;
using JubileeVerse.Gateway.Realtime.Replies;

namespace JubileeVerse.Gateway.Tests.Realtime.Replies;

public sealed class ReplyCursorTests
{
    [Fact]
    public void Parse_PrintedCursor_RoundTrips() =>
        Gen.Select(Gen.Long[0, long.MaxValue], Gen.Int[0, int.MaxValue], Gen.Bool).Sample((run, offset, hasEnded) =>
        {
            var cursor = new ReplyCursor(run, offset, hasEnded);
            Assert.Equal(cursor, ReplyCursor.Parse(cursor.ToString()));
            Assert.DoesNotContain('\n', cursor.ToString());
        });

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("junk!")]
    [InlineData("abcd")]
    [InlineData("MS4tMQ")]
    [InlineData("MS4y.x")]
    public void Parse_ForeignText_ReturnsNull(string? text) => Assert.Null(ReplyCursor.Parse(text));

    [Fact]
    public void Parse_AnyText_NeverThrows() => Gen.String.Sample(text => ReplyCursor.Parse(text) is null or { Run: >= 0 });
}
