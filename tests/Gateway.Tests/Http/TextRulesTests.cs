using JubileeVerse.Gateway.Errors;
using JubileeVerse.Gateway.Http;

namespace JubileeVerse.Gateway.Tests.Http;

public sealed class TextRulesTests
{
    [Theory]
    [InlineData(null, true)]
    [InlineData("en", true)]
    [InlineData("pt-BR", true)]
    [InlineData("zh-Hant-TW", true)]
    [InlineData("", false)]
    [InlineData("e", false)]
    [InlineData("english language", false)]
    [InlineData("en_US", false)]
    [InlineData("en\n", false)]
    [InlineData("de-DE-u-co-phonebk", true)]
    public void Language_Tag_MustBeBcp47(string? tag, bool isValid)
    {
        var faults = new Faults();
        TextRules.Language(faults, "language", tag);
        Assert.Equal(isValid, !faults.Any);
    }
}
