using JubileeVerse.Gateway.Accounts.Requests;
using JubileeVerse.Gateway.Conversations.Requests;
using JubileeVerse.Gateway.Errors;

namespace JubileeVerse.Gateway.Tests.Http;

public sealed class RequestRulesTests
{
    [Fact]
    public void Register_Empty_NamesEveryField() =>
        Assert.Equal(["displayName", "email", "password"], FieldsOf(new RegisterRequest()));

    [Fact]
    public void Register_WeakPassword_NamesEveryRule()
    {
        var faults = new Faults();
        new RegisterRequest { Email = "a@example.org", Password = "----", DisplayName = "A" }.Check(faults);
        Assert.Equal(4, faults.ToDictionary()["password"].Length);
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("a@")]
    [InlineData("Name <a@example.org>")]
    [InlineData("a@-example.org")]
    [InlineData("a@[127.0.0.1]")]
    public void Register_BadEmail_IsRefused(string email) =>
        Assert.Equal(["email"], FieldsOf(new RegisterRequest { Email = email, Password = "Str0ngEnough", DisplayName = "A" }));

    /// <summary>The silo refuses these too, so the gateway must not let them pass while it reports all faults.</summary>
    [Fact]
    public void Register_FieldsThatTheSiloRefuses_NamesEveryField()
    {
        var request = new RegisterRequest
        {
            Email = new string('a', 65) + "@example.org",
            Password = "Aa1" + new string('x', 126),
            DisplayName = "two\nlines",
            PreferredLanguage = "en\n",
        };

        Assert.Equal(["displayName", "email", "password", "preferredLanguage"], FieldsOf(request));
    }

    [Fact]
    public void Register_ValidThatTheSiloAccepts_HasNoFault()
    {
        var request = new RegisterRequest
        {
            Email = "a@example.org",
            Password = "Str0ngEnough",
            DisplayName = "  " + new string('x', 80),
            PreferredLanguage = "de-DE-u-co-phonebk",
        };

        Assert.Empty(FieldsOf(request));
    }

    [Fact]
    public void Register_Valid_HasNoFault() =>
        Assert.Empty(FieldsOf(
            new RegisterRequest { Email = "a@example.org", Password = "Str0ngEnough", DisplayName = "A", PreferredLanguage = "en" }));

    [Theory]
    [InlineData(null, false)]
    [InlineData("", false)]
    [InlineData(" \n ", false)]
    [InlineData("Hello", true)]
    public void Post_Content_IsRequired(string? content, bool isValid) =>
        Assert.Equal(isValid, FieldsOf(new PostMessageRequest { Content = content }).Length == 0);

    [Fact]
    public void Post_Content_HasALimit()
    {
        Assert.Empty(FieldsOf(new PostMessageRequest { Content = new string('x', 8000) }));
        Assert.Equal(["content"], FieldsOf(new PostMessageRequest { Content = new string('x', 8001) }));
    }

    [Fact]
    public void Post_EveryFieldInvalid_NamesEveryField() => Assert.Equal(
        ["clientMessageId", "content", "language", "personas[1]"],
        FieldsOf(new PostMessageRequest { ClientMessageId = new string('k', 101), Language = "??", Personas = ["jubilee", ""] }));

    [Fact]
    public void Create_PersonaTwice_IsRefused() =>
        Assert.Equal(["personas"], FieldsOf(new CreateConversationRequest { Personas = ["zev", "ZEV"] }));

    [Fact]
    public void Create_TooManyPersonas_IsRefused() =>
        Assert.Equal(["personas"], FieldsOf(new CreateConversationRequest { Personas = [.. Enumerable.Range(0, 9).Select(i => $"p{i}")] }));

    [Fact]
    public void ToString_RequestWithPassword_OmitsThePassword()
    {
        Assert.DoesNotContain("Str0ng", new RegisterRequest { Password = "Str0ng" }.ToString());
        Assert.DoesNotContain("Str0ng", new SignInRequest { Password = "Str0ng" }.ToString());
    }

    private static string[] FieldsOf(object request)
    {
        var faults = new Faults();
        ((ICheckedRequest)request).Check(faults);
        return [.. faults.ToDictionary().Keys.Order(StringComparer.Ordinal)];
    }
}
