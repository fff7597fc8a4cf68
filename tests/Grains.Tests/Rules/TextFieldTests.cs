using JubileeVerse.Rules;

namespace JubileeVerse.Grains.Tests.Rules;

public sealed class TextFieldTests
{
    [Theory]
    [InlineData(null, TextField.RequiredRule, null)]
    [InlineData(" \n", TextField.RequiredRule, TextField.BlankRule)]
    [InlineData("a\0", StorableText.Rule, StorableText.Rule)]
    [InlineData("12345", null, null)]
    [InlineData("123456", "Must be at most 5 characters; it has 6.", "Must be at most 5 characters; it has 6.")]
    public void FindFault_Text_IsTheFirstFault(string? text, string? required, string? optional)
    {
        Assert.Equal(required, TextField.FindFault(text, 5));
        Assert.Equal(optional, TextField.FindOptionalFault(text, 5));
    }

    [Fact]
    public void DisplayName_SurroundingWhiteSpace_DoesNotCount()
    {
        var longest = new string('x', InputLimits.MaxDisplayNameLength);

        Assert.Null(DisplayNameRule.FindFault($"  {longest}\n"));
        Assert.Equal("Must be at most 80 characters; it has 81.", DisplayNameRule.FindOptionalFault(longest + "x"));
    }

    [Theory]
    [InlineData(null, TextField.RequiredRule, null)]
    [InlineData("  ", TextField.RequiredRule, TextField.BlankRule)]
    [InlineData("two\nlines", DisplayNameRule.ControlRule, DisplayNameRule.ControlRule)]
    public void DisplayName_Invalid_IsTheFirstFault(string? name, string? required, string? optional)
    {
        Assert.Equal(required, DisplayNameRule.FindFault(name));
        Assert.Equal(optional, DisplayNameRule.FindOptionalFault(name));
    }

    [Theory]
    [InlineData("Abcdefg1", 0)]
    [InlineData("----", 4)]
    [InlineData(null, 4)]
    [InlineData("Abcdefg1\0", 1)]
    public void Password_Faults_AreAllReported(string? password, int count) =>
        Assert.Equal(count, PasswordRule.FindFaults(password).Count());

    [Fact]
    public void Password_Over128Characters_IsAFault()
    {
        Assert.Empty(PasswordRule.FindFaults("Aa1" + new string('x', 125)));
        Assert.Equal(["Must be at most 128 characters."], PasswordRule.FindFaults("Aa1" + new string('x', 126)));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(8, true)]
    [InlineData(9, false)]
    public void PersonaCount_IsOneToEight(int count, bool isValid) => Assert.Equal(isValid, PersonaCountRule.FindFault(count) is null);
}
