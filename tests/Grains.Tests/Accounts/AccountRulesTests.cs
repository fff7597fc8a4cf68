using JubileeVerse.Accounts;
using JubileeVerse.Errors;

namespace JubileeVerse.Grains.Tests.Accounts;

public sealed class AccountRulesTests
{
    [Theory]
    [InlineData("ada@example.org")]
    [InlineData("  ada.lovelace+tag@mail.example.co.uk  ")]
    [InlineData("admin@localhost")]
    [InlineData("ada@example.org\n")]
    [InlineData("jürgen@müller.example")]
    public void Email_Valid_IsTrimmed(string email) => Assert.Equal(email.Trim(), AccountRules.Email(email));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("ada")]
    [InlineData("ada@")]
    [InlineData("@example.org")]
    [InlineData("ada@@example.org")]
    [InlineData("ada lovelace@example.org")]
    [InlineData("ada@example..org")]
    [InlineData("ada@-example.org")]
    [InlineData(".ada@example.org")]
    [InlineData("a\0da@example.org")]
    [InlineData("ada@example.org, eve@example.org")]
    public void Email_Invalid_NamesTheField(string? email) => AssertInvalid("email", () => AccountRules.Email(email));

    [Fact]
    public void Email_TooLong_IsInvalid()
    {
        AssertInvalid("email", () => AccountRules.Email(new string('a', 65) + "@example.org"));
        AssertInvalid("email", () => AccountRules.Email("a@" + string.Join('.', Enumerable.Repeat(new string('b', 60), 5))));
    }

    [Fact]
    public void EmailKey_DifferentCase_IsTheSame() =>
        Assert.Equal(AccountRules.EmailKey("ADA@Example.ORG"), AccountRules.EmailKey("ada@example.org"));

    [Theory]
    [InlineData("Abcdefg1")]
    [InlineData("pass WORD 9 ü")]
    public void Password_Valid_IsKeptAsItIs(string password) => Assert.Equal(password, AccountRules.Password(password));

    [Theory]
    [InlineData(null)]
    [InlineData("Abcdef1")]
    [InlineData("abcdefg1")]
    [InlineData("ABCDEFG1")]
    [InlineData("Abcdefgh")]
    [InlineData("Abcdefg1\0")]
    public void Password_Weak_NamesTheFieldAndHidesThePassword(string? password)
    {
        var thrown = AssertInvalid("password", () => AccountRules.Password(password));

        if (password is not null)
            Assert.DoesNotContain(password, thrown.Message);
    }

    [Fact]
    public void Password_TooLong_IsInvalid() => AssertInvalid("password", () => AccountRules.Password("Aa1" + new string('x', 126)));

    [Theory]
    [InlineData(" Ada ", "Ada")]
    [InlineData("山田 太郎", "山田 太郎")]
    [InlineData("🙂", "🙂")]
    public void DisplayName_Valid_IsTrimmed(string name, string expected) => Assert.Equal(expected, AccountRules.DisplayName(name));

    [Theory]
    [InlineData(null)]
    [InlineData("   ")]
    [InlineData("two\nlines")]
    public void DisplayName_Invalid_NamesTheField(string? name) => AssertInvalid("displayName", () => AccountRules.DisplayName(name));

    [Fact]
    public void DisplayName_OverEighty_IsInvalid()
    {
        Assert.Equal(80, AccountRules.DisplayName(new string('x', 80)).Length);
        AssertInvalid("displayName", () => AccountRules.DisplayName(new string('x', 81)));
    }

    [Theory]
    [InlineData("en")]
    [InlineData("pt-BR")]
    [InlineData("zh-Hant-TW")]
    public void Language_Valid_IsKept(string language) => Assert.Equal(language, AccountRules.Language(language));

    [Theory]
    [InlineData("")]
    [InlineData("e")]
    [InlineData("en_US")]
    [InlineData("en-")]
    [InlineData("english language")]
    [InlineData("english")]
    [InlineData("en-a-x")]
    public void Language_Invalid_NamesTheField(string language) =>
        AssertInvalid("preferredLanguage", () => AccountRules.Language(language));

    [Theory]
    [InlineData("jubilee", true)]
    [InlineData("a-b-2", true)]
    [InlineData("Jubilee", false)]
    [InlineData("-a", false)]
    [InlineData("a' or 1=1", false)]
    public void PersonaSlug_ByShape_IsKeptOrRejected(string slug, bool valid)
    {
        if (valid)
            Assert.Equal(slug, AccountRules.PersonaSlug(slug));
        else
            AssertInvalid("defaultPersona", () => AccountRules.PersonaSlug(slug));
    }

    private static JubileeException AssertInvalid(string field, Func<string> rule)
    {
        var thrown = Assert.Throws<JubileeException>(rule);
        Assert.Equal((ErrorCode.InvalidRequest, field), (thrown.Code, thrown.Field));
        return thrown;
    }
}
