using System.Net.Mail;
using JubileeVerse.Rules;

namespace JubileeVerse.Grains.Tests.Rules;

public sealed class EmailAddressTests
{
    [Theory]
    [InlineData("ada@example.org")]
    [InlineData("ada.lovelace+tag@mail.example.co.uk")]
    [InlineData("admin@localhost")]
    [InlineData("o'brien!#$%&*/=?^_`{|}~@example.org")]
    [InlineData("jürgen@müller.example")]
    public void FindFault_Valid_IsNullAndTheFrameworkAgrees(string address)
    {
        Assert.Null(EmailAddress.FindFault(address));
        Assert.True(MailAddress.TryCreate(address, out var parsed) && parsed.Address == address);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("ada@")]
    [InlineData("ada@@example.org")]
    [InlineData(".ada@example.org")]
    [InlineData("ada..l@example.org")]
    [InlineData("ade\u0301@example.org")]
    [InlineData("ada@-example.org")]
    [InlineData("ada@example..org")]
    [InlineData("ada@[127.0.0.1]")]
    [InlineData("Ada <ada@example.org>")]
    [InlineData(" ada@example.org")]
    [InlineData("ada@example.org\n")]
    public void FindFault_Invalid_IsTheRule(string? address) => Assert.Equal(EmailAddress.Rule, EmailAddress.FindFault(address));

    [Fact]
    public void FindFault_AtTheLimits_IsNullAndBeyondIsTheRule()
    {
        var host = "@" + string.Join('.', Enumerable.Repeat(new string('b', 60), 4))[..189];

        Assert.Null(EmailAddress.FindFault(new string('a', 64) + host));
        Assert.NotNull(EmailAddress.FindFault(new string('a', 64) + host + "b"));
        Assert.NotNull(EmailAddress.FindFault(new string('a', 65) + "@example.org"));
    }
}
