using JubileeVerse.Errors;
using JubileeVerse.Gateway.Errors;

namespace JubileeVerse.Architecture.Tests;

public sealed class ErrorDocumentTests
{
    [Fact]
    public void Document_NamesEachCodeWithItsStatus()
    {
        var document = Repository.Read("docs/errors.md");

        Assert.All(Enum.GetValues<ErrorCode>(), code =>
            Assert.Contains($"| `{ErrorCodeText.Of(code)}` | {ErrorTable.Of(code).Status} |", document, StringComparison.Ordinal));
    }
}
