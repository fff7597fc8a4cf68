using CsCheck;
using JubileeVerse.Gateway.Tests.Fakes;
using JubileeVerse.Realtime;

namespace JubileeVerse.Gateway.Tests.Realtime;

/// <summary>Whatever is lost, doubled or late on the way from a silo, clients put together what is true.</summary>
public sealed class DeliveryProperties
{
    private const int Stories = 300;
    private const int MaxSteps = 150;

    private static readonly Gen<DeliveryStep[]> Steps = Gen
        .Select(Gen.Int[0, 19], Gen.Int[0, 99], Gen.Int[0, 99], Gen.Int[0, 99], (kind, a, b, c) => new DeliveryStep(kind, a, b, c))
        .Array[0, MaxSteps];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task Clients_OfAChannelWhosePastIsKept_AreToldEverythingOnceAndInOrder(bool isStored) => CheckAsync(isStored, keeps: null, story =>
    {
        foreach (var client in story.Rebuilt)
            Assert.Equal(0, client.Rereads);
    });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task Clients_OfAChannelThatKeepsLittle_AreToldOfEachGap(bool isStored) => CheckAsync(isStored, keeps: 3, _ => { });

    private static Task CheckAsync(bool isStored, int? keeps, Action<DeliveryStory> check) => Steps.SampleAsync(
        async steps =>
        {
            var story = new DeliveryStory(new TrueChannel(ChannelName.Announcements, isStored) { Keeps = keeps });
            await story.RunAsync(steps);
            foreach (var client in story.Rebuilt)
            {
                Assert.Equal(story.Truth.Offset, client.Offset);
                foreach (var (reply, text) in story.Truth.Open)
                    Assert.Equal(text, client.TextOf(reply));
            }

            check(story);
        },
        iter: Stories,
        threads: 1,
        print: steps => string.Join(Environment.NewLine, steps.AsEnumerable()));
}
