using JubileeVerse.Conversations;
using JubileeVerse.Errors;
using JubileeVerse.Rules;

namespace JubileeVerse.Grains.Tests.Conversations;

public sealed class ConversationRulesTests
{
    [Theory]
    [InlineData("Hello", "k1", null, null)]
    [InlineData(" \n", "k1", "content", TextField.RequiredRule)]
    [InlineData("a\0", "k1", "content", StorableText.Rule)]
    [InlineData("Hello", "", "clientMessageId", TextField.RequiredRule)]
    [InlineData("Hello", "  ", "clientMessageId", TextField.RequiredRule)]
    public void CheckPost_Command_HasTheTextOfTheSharedRule(string content, string clientMessageId, string? field, string? rule)
    {
        var fault = Record.Exception(() => ConversationRules.CheckPost(new PostMessage(default, content, clientMessageId, [], "en")));

        Assert.Equal((field, rule), (((JubileeException?)fault)?.Field, fault?.Message));
    }

    [Fact]
    public void CheckPost_TooLongContent_StatesLengthAndLimit()
    {
        var command = new PostMessage(default, new string('x', 8001), "k1", [], null);

        var fault = Assert.Throws<JubileeException>(() => ConversationRules.CheckPost(command));

        Assert.Equal("Must be at most 8000 characters; it has 8001.", fault.Message);
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("Waiting", true)]
    [InlineData(" ", false)]
    public void CheckTitle_BlankTitle_IsInvalid(string? title, bool isValid) =>
        Assert.Equal(isValid, Record.Exception(() => ConversationRules.CheckTitle(title)) is null);
}
