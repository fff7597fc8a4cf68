using JubileeVerse.Errors;
using JubileeVerse.Gateway.Errors;
using JubileeVerse.Rules;

namespace JubileeVerse.Architecture.Tests.Documents;

public sealed class ErrorDocumentTests
{
    [Fact]
    public void Document_ListsEachCodeWithItsStatus()
    {
        var document = Repository.Read("docs/errors.md");

        Assert.All(Enum.GetValues<ErrorCode>(), code =>
            Assert.Contains($"| `{ErrorCodeText.For(code)}` | {ErrorTable.For(code).Status} |", document, StringComparison.Ordinal));
    }

    [Fact]
    public void Document_StatesTheTextsAndLimitsOfTheRules()
    {
        var document = Repository.Read("docs/errors.md");
        string[] facts =
        [
            $"`{TextField.RequiredRule}`",
            $"`{TextField.TooLong(8214, InputLimits.MaxContentLength)}`",
            $"| `content` | at most {InputLimits.MaxContentLength} characters |",
            $"| `clientMessageId`, `Idempotency-Key` | at most {InputLimits.MaxClientMessageIdLength} characters |",
            $"| `title` | at most {InputLimits.MaxTitleLength} characters |",
            $"| `personas` | 1 to {InputLimits.MaxPersonas} |",
            $"| `displayName` | at most {InputLimits.MaxDisplayNameLength} characters ",
            $"| `email` | at most {InputLimits.MaxEmailLength} characters, {InputLimits.MaxEmailLocalPartLength} before the @",
            $"| `password` | {InputLimits.MinPasswordLength} to {InputLimits.MaxPasswordLength} characters;",
            $"at most {InputLimits.MaxLanguageTagLength} characters |",
        ];

        Assert.All(facts, fact => Assert.Contains(fact, document, StringComparison.Ordinal));
    }
}
