using JubileeVerse.Errors;
using JubileeVerse.Gateway.Errors;

namespace JubileeVerse.Architecture.Tests;

public sealed class ErrorDocumentTests
{
    [Fact]
    public void Document_ListsEachCodeWithItsStatus()
    {
        var document = Repository.Read("docs/errors.md");

        Assert.All(Enum.GetValues<ErrorCode>(), code =>
            Assert.Contains($"| `{ErrorCodeText.For(code)}` | {ErrorTable.For(code).Status} |", document, StringComparison.Ordinal));
    }
}
