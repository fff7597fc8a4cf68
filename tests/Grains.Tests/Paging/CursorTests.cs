using System.Buffers.Text;
using System.Text;
using JubileeVerse.Errors;
using JubileeVerse.Paging;

namespace JubileeVerse.Grains.Tests.Paging;

public sealed class CursorTests
{
    [Theory]
    [InlineData("plain")]
    [InlineData("a|b||c")]
    [InlineData("")]
    public void Parse_CreatedCursor_ReturnsItsKey(string id) => Assert.Equal((-5, id), Cursor.Parse(Cursor.Encode(-5, id)));

    [Theory]
    [InlineData("17")]
    [InlineData("x|a")]
    [InlineData("17|a\0b")]
    public void Parse_ForgedCursor_IsRejectedWithTheField(string text)
    {
        var fault = Assert.Throws<JubileeException>(() => Cursor.Parse(Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text))));

        Assert.Equal((ErrorCode.InvalidRequest, "after"), (fault.Code, fault.Field));
    }
}
