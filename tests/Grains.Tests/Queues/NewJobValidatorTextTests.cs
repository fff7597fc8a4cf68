using JubileeVerse.Errors;
using JubileeVerse.Queues;
using JubileeVerse.Queues.Configuration;
using JubileeVerse.Queues.Jobs;

namespace JubileeVerse.Grains.Tests.Queues;

/// <summary>Jobs of several callers are written in one unit, so a text that a store rejects must be refused before that.</summary>
public sealed class NewJobValidatorTextTests
{
    private readonly NewJobValidator _jobs = new("q", () => new QueueOptions(), new Random(Seed: 1));

    [Theory]
    [InlineData(0x61, 0)]
    [InlineData(0xD83D)]
    [InlineData(0xDE00, 0xD83D)]
    [InlineData(0x61, 0xD83D, 0x62)]
    public void Create_InvalidPayloadText_IsRefusedWithTheFieldName(params int[] characters)
    {
        var payload = string.Concat(characters.Select(character => (char)character));

        var exception = Assert.Throws<JubileeException>(() => _jobs.Create([new NewJob("test", payload)], 0));

        Assert.Equal("jobs[0].payload", exception.Field);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("\uD83D\uDE00")]
    [InlineData("\uFFFD \uD83D\uDE00\uD83D\uDE00")]
    public void Create_ValidPayloadText_IsAccepted(string payload) =>
        Assert.Equal(payload, _jobs.Create([new NewJob("test", payload)], 0)[0].Payload);
}
