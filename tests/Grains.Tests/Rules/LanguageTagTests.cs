using JubileeVerse.Rules;

namespace JubileeVerse.Grains.Tests.Rules;

public sealed class LanguageTagTests
{
    /// <summary>Mostly the examples of RFC 5646, appendix A.</summary>
    [Theory]
    [InlineData("en")]
    [InlineData("EN")]
    [InlineData("pt-BR")]
    [InlineData("zh-Hant-TW")]
    [InlineData("zh-cmn-Hans-CN")]
    [InlineData("sl-rozaj-biske")]
    [InlineData("de-CH-1901")]
    [InlineData("es-419")]
    [InlineData("hy-Latn-IT-arevela")]
    [InlineData("de-DE-u-co-phonebk")]
    [InlineData("en-a-myext-b-another")]
    [InlineData("de-CH-x-phonebk")]
    [InlineData("en-a-bbb-x-a-ccc")]
    public void FindFault_WellFormed_IsNull(string tag) => Assert.Null(LanguageTag.FindFault(tag));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("e")]
    [InlineData("en-")]
    [InlineData("en\n")]
    [InlineData("en_US")]
    [InlineData("english")]
    [InlineData("en-a")]
    [InlineData("en-a-x")]
    [InlineData("en-x")]
    [InlineData("de-419-DE")]
    [InlineData("x-mine")]
    [InlineData("i-klingon")]
    [InlineData("english language")]
    public void FindFault_Other_IsTheRule(string? tag) => Assert.Equal(LanguageTag.Rule, LanguageTag.FindFault(tag));

    [Fact]
    public void FindFault_Over35Characters_IsTheRule()
    {
        Assert.Null(LanguageTag.FindFault("de-x-12345678-12345678-12345678-123"));
        Assert.NotNull(LanguageTag.FindFault("de-x-12345678-12345678-12345678-1234"));
    }
}
