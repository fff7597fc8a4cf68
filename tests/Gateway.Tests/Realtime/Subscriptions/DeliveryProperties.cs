using CsCheck;
using JubileeVerse.Gateway.Tests.Fakes;
using JubileeVerse.Realtime;

namespace JubileeVerse.Gateway.Tests.Realtime.Subscriptions;

/// <summary>Whatever frames are lost, duplicated or late on the way from a silo, clients end up with the state of the channel.</summary>
public sealed class DeliveryProperties
{
    private const int Scenarios = 300;
    private const int MaxSteps = 150;

    private static readonly Gen<DeliveryStep[]> Steps = Gen
        .Select(Gen.Int[0, 19], Gen.Int[0, 99], Gen.Int[0, 99], Gen.Int[0, 99], (kind, a, b, c) => new DeliveryStep(kind, a, b, c))
        .Array[0, MaxSteps];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task Clients_FullHistoryKept_ReceiveEveryFrameOnceAndInOrder(bool isStored) =>
        CheckAsync(isStored, historyLimit: null, scenario =>
        {
            foreach (var client in scenario.RebuiltClients)
                Assert.Equal(0, client.Reloads);
        });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task Clients_ShortHistoryKept_ReceiveAGapFrameForEachLoss(bool isStored) => CheckAsync(isStored, historyLimit: 3, _ => { });

    private static Task CheckAsync(bool isStored, int? historyLimit, Action<DeliveryScenario> check) => Steps.SampleAsync(
        async steps =>
        {
            var scenario = new DeliveryScenario(new ReferenceChannel(ChannelName.Announcements, isStored) { HistoryLimit = historyLimit });
            await scenario.RunAsync(steps);
            foreach (var client in scenario.RebuiltClients)
            {
                Assert.Equal(scenario.Reference.Offset, client.Offset);
                foreach (var (reply, text) in scenario.Reference.OpenReplies)
                    Assert.Equal(text, client.TextOf(reply));
            }

            check(scenario);
        },
        iter: Scenarios,
        threads: 1,
        print: steps => string.Join(Environment.NewLine, steps.AsEnumerable()));
}
