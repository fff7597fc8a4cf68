using System.Text.RegularExpressions;

namespace JubileeVerse.Architecture.Tests.Documents;

public sealed partial class QueueDocumentTests
{
    private const string SampleFolder = "tests/Grains.Tests/Queues/Configuration";

    [Fact]
    public void AddingAQueue_Samples_AreCompiledAndRunByATest()
    {
        var section = Section().Match(Repository.Read("docs/queues.md"));
        var samples = Sample().Matches(section.Value).Select(match => match.Groups["code"].Value.Trim()).ToArray();

        Assert.Equal(2, samples.Length);
        Assert.Contains(samples[0], Repository.Read($"{SampleFolder}/NewsletterProcessor.cs"), StringComparison.Ordinal);
        Assert.Contains(samples[1], Repository.Read($"{SampleFolder}/AddQueueTests.cs"), StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^## Adding a queue$.*?(?=^## )", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Section();

    [GeneratedRegex(@"^```csharp\n(?<code>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Sample();
}
