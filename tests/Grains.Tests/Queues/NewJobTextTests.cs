using JubileeVerse.Errors;

namespace JubileeVerse.Queues;

/// <summary>Jobs of several callers are written together, so a text that a store refuses must not get so far.</summary>
public sealed class NewJobTextTests
{
    private readonly NewJobs _jobs = new("q", () => new QueueOptions());

    [Theory]
    [InlineData(0x61, 0)]
    [InlineData(0xD83D)]
    [InlineData(0xDE00, 0xD83D)]
    [InlineData(0x61, 0xD83D, 0x62)]
    public void Of_APayloadThatIsNoText_IsRefusedByName(params int[] characters)
    {
        var payload = string.Concat(characters.Select(character => (char)character));

        var exception = Assert.Throws<JubileeException>(() => _jobs.Of([new NewJob("test", payload)], 0));

        Assert.Equal("jobs[0].payload", exception.Field);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("\uD83D\uDE00")]
    [InlineData("\uFFFD \uD83D\uDE00\uD83D\uDE00")]
    public void Of_AnyOtherText_IsTaken(string payload) => Assert.Equal(payload, _jobs.Of([new NewJob("test", payload)], 0)[0].Payload);
}
