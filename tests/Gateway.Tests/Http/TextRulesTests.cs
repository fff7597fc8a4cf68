using System.Text.RegularExpressions;
using JubileeVerse.Gateway.Errors;
using JubileeVerse.Gateway.Http;

namespace JubileeVerse.Gateway.Tests.Http;

public sealed class TextRulesTests
{
    [Theory]
    [InlineData("", true)]
    [InlineData("plain", true)]
    [InlineData(@"\ud83d\ude00", true)]
    [InlineData(@"a\ud83d\ude00\ud83d\ude00b", true)]
    [InlineData(@"\u0000", false)]
    [InlineData(@"a\u0000b", false)]
    [InlineData(@"\ud83d", false)]
    [InlineData(@"\ude00", false)]
    [InlineData(@"\ude00\ud83d", false)]
    [InlineData(@"\ud83d\ude00\ud83d", false)]
    [InlineData(@"\ud83d\ud83d\ude00", false)]
    [InlineData(@"a\ud83db", false)]
    public void IsClean_Text_RejectsUnstorableCharacters(string escaped, bool expected) =>
        Assert.Equal(expected, TextRules.IsClean(Regex.Unescape(escaped)));

    [Theory]
    [InlineData(null, true)]
    [InlineData("en", true)]
    [InlineData("pt-BR", true)]
    [InlineData("zh-Hant-TW", true)]
    [InlineData("", false)]
    [InlineData("e", false)]
    [InlineData("english language", false)]
    [InlineData("en_US", false)]
    public void Language_Tag_MustBeBcp47(string? tag, bool isValid)
    {
        var faults = new Faults();
        TextRules.Language(faults, "language", tag);
        Assert.Equal(isValid, !faults.Any);
    }
}
