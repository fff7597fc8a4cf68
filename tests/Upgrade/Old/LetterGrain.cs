using JubileeVerse.Realtime;

namespace JubileeVerse.Upgrade;

[GrainType("upgrade-letter")]
internal sealed class LetterGrain : Grain, ILetterGrain
{
    public Task<Letter> SendAsync(Letter letter) => Task.FromResult(letter with { Text = $"{letter.Text}, kind {(int)letter.Kind}" });

    public Task SendBatchAsync(IGatewayObserver gateway) =>
        gateway.DeliverAsync(new GatewayBatch("old", 1, 1, FramesDropped: false, [Batch.Channel], [Batch.Started, Batch.Text]));
}
